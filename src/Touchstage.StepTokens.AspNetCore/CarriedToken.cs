using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>The token of a request, with the type that belongs to the header in which it came.</summary>
internal sealed class CarriedToken
{
    private const string BearerPrefix = "Bearer ";

    private CarriedToken(string token, string type)
    {
        Token = token;
        Type = type;
    }

    public string Token { get; }

    public string Type { get; }

    /// <summary>Finds the one token, or the code of what is wrong with its header.</summary>
    public static bool TryFind(
        IHeaderDictionary headers, bool acceptBearer, [NotNullWhen(true)] out CarriedToken? carried, [NotNullWhen(false)] out string? failure)
    {
        carried = null;
        failure = null;
        var own = headers[StepTokenNames.TxnTokenHeader];
        var authorization = headers.Authorization;
        if (own.Count > 1 || authorization.Count > 1)
        {
            failure = StepTokenRequestFailures.DuplicateHeader;
        }
        else if (own is [{ Length: > 0 } token])
        {
            carried = new(token, StepTokenNames.TxnTokenType);
        }
        else if (acceptBearer && own.Count == 0 && authorization is [{ } value] && value.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
        {
            carried = new(value[BearerPrefix.Length..].Trim(' '), StepTokenNames.BearerType);
        }
        else
        {
            failure = StepTokenRequestFailures.Missing;
        }

        return carried is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => "***";
}
