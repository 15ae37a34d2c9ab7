using System.Diagnostics.CodeAnalysis;

namespace Touchstage.StepTokens;

/// <summary>For whom a step runs: the principal, spelled <c>{tenant}/{issuer}/{subject}</c> with each part percent-encoded.</summary>
/// <param name="Tenant">The tenant; not empty.</param>
/// <param name="Issuer">Who vouches for the subject; not empty.</param>
/// <param name="Subject">The normalised subject at that issuer; not empty.</param>
public sealed record StepSubject(string Tenant, string Issuer, string Subject)
{
    /// <summary>The claim's text: <c>acme/https%3A%2F%2Fid.example/ada</c>.</summary>
    public override string ToString() =>
        $"{Uri.EscapeDataString(Tenant)}/{Uri.EscapeDataString(Issuer)}/{Uri.EscapeDataString(Subject)}";

    /// <summary>Reads what <see cref="ToString"/> writes, and nothing else: another spelling of the same parts is refused.</summary>
    /// <param name="text">The claim's text.</param>
    /// <param name="subject">The parts.</param>
    /// <returns>False if the text is not three non-empty parts in their one spelling.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out StepSubject? subject)
    {
        ArgumentNullException.ThrowIfNull(text);
        subject = null;
        var parts = text.Split('/');
        if (parts.Length != 3 || Array.Exists(parts, string.IsNullOrEmpty))
        {
            return false;
        }

        var read = new StepSubject(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1]), Uri.UnescapeDataString(parts[2]));
        // Invariant: one principal has one spelling, so that nobody is counted twice under two.
        if (!string.Equals(read.ToString(), text, StringComparison.Ordinal))
        {
            return false;
        }

        subject = read;
        return true;
    }
}
