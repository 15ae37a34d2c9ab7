using System.Globalization;

namespace Touchstage.Safety.Approvals;

/// <summary>A place in the order of a queue, as the next page's start: <c>MICROSECONDS.ID</c>.</summary>
/// <param name="ExpiresAt">When the approval there expires, in microseconds since the Unix epoch.</param>
/// <param name="ApprovalId">Which it is.</param>
internal sealed record PendingPlace(long ExpiresAt, string ApprovalId)
{
    /// <summary>An approval's place.</summary>
    public static PendingPlace Of(ApprovalRecord approval) => new((approval.ExpiresAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, approval.Id);

    /// <summary>The place, or null for text that is none: a page from the beginning shows nothing that the caller may not see.</summary>
    public static PendingPlace? Read(string? text) =>
        text?.Split('.', 2) is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var micros) ? new(micros, id) : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ExpiresAt}.{ApprovalId}");
}
