using System.Globalization;

namespace Touchstage.Safety.Storage;

/// <summary>A place in the order of a queue, as the next page's start: <c>MICROSECONDS.ID</c>.</summary>
internal static class PendingPlace
{
    public static string Write((long ExpiresAt, string ApprovalId) place) => string.Create(CultureInfo.InvariantCulture, $"{place.ExpiresAt}.{place.ApprovalId}");

    /// <summary>The place, or null for text that is none: a page from the beginning shows nothing that the caller may not see.</summary>
    public static (long ExpiresAt, string ApprovalId)? Read(string? text) =>
        text?.Split('.', 2) is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var micros) ? (micros, id) : null;
}
