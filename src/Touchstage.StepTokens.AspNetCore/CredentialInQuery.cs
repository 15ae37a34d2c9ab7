using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.WebUtilities;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Takes the tenant's key off the end of a request target. The token covers all but the key, so nothing else may come off with it.</summary>
internal static class CredentialInQuery
{
    // Invariant: whatever a framework makes of a value of these, it stays one value: no separator, no space in disguise, no second parameter.
    private static readonly SearchValues<char> InValue = SearchValues.Create("-._~%0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The target as it was before the key was added; false unless the parameter is there once, last, and has a plain value.</summary>
    public static bool TryTakeOff(string target, string name, [NotNullWhen(true)] out string? covered)
    {
        covered = null;
        var start = Math.Max(target.LastIndexOf('&'), target.IndexOf('?', StringComparison.Ordinal));
        var prefix = Uri.EscapeDataString(name) + "=";
        if (start < 0 || !target.AsSpan(start + 1).StartsWith(prefix, StringComparison.Ordinal) || !IsPlain(target.AsSpan(start + 1 + prefix.Length)))
        {
            return false;
        }

        var before = target[..start];
        if (NamedIn(before, name))
        {
            return false;
        }

        covered = before;
        return true;
    }

    private static bool IsPlain(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || value.ContainsAnyExcept(InValue))
        {
            return false;
        }

        for (var i = value.IndexOf('%'); i >= 0 && i < value.Length; i++)
        {
            if (value[i] == '%' && (i + 2 >= value.Length || !char.IsAsciiHexDigit(value[i + 1]) || !char.IsAsciiHexDigit(value[i + 2])))
            {
                return false;
            }
        }

        return true;
    }

    // As ASP.NET Core reads a query: names decoded, and compared without case.
    private static bool NamedIn(string target, string name)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query >= 0 && QueryHelpers.ParseQuery(target[query..]).Keys.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
