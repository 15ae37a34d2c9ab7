using Microsoft.Extensions.Options;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Tells everything that is wrong with the options at once, when the host starts.</summary>
internal sealed class StepTokenOptionsValidator : IValidateOptions<StepTokenOptions>
{
    private const int MostBodyBytes = 64 * 1024 * 1024;
    private const int MostReplayEntries = 10_000_000;

    public ValidateOptionsResult Validate(string? name, StepTokenOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(StepTokenOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Issuer))
        {
            yield return "StepTokens: Issuer is missing; set it to the issuer of the tokens.";
        }

        if (string.IsNullOrWhiteSpace(options.Audience))
        {
            yield return "StepTokens: Audience is missing; set it to the audience that the tenant's connection declares.";
        }

        if (!IsBaseUrl(options.PublicBaseUrl))
        {
            yield return "StepTokens: PublicBaseUrl must be an absolute http or https URL without user, query and fragment.";
        }

        if ((options.JwksUri is null) == (options.Keys is null))
        {
            yield return "StepTokens: set exactly one of JwksUri and Keys.";
        }

        if (options.JwksUri is { } jwks && !IsTrustworthy(jwks))
        {
            yield return "StepTokens: JwksUri must be https, or http on a loopback address.";
        }

        if (options.TenantOf is null)
        {
            yield return "StepTokens: TenantOf is missing; without it a token of one tenant would open another's account.";
        }

        if (options.MaxBodyBytes is < 0 or > MostBodyBytes)
        {
            yield return $"StepTokens: MaxBodyBytes must be 0 to {MostBodyBytes}.";
        }

        if (options.ReplayCapacity is < 1 or > MostReplayEntries)
        {
            yield return $"StepTokens: ReplayCapacity must be 1 to {MostReplayEntries}.";
        }

        if (options.CredentialParameter is { } parameter && string.IsNullOrWhiteSpace(parameter))
        {
            yield return "StepTokens: CredentialParameter is empty; name the query parameter that carries the key, or leave it null.";
        }

        if (options.ReplayFile is { } file && (!Path.IsPathFullyQualified(file) || Path.GetFileName(file).Length == 0))
        {
            yield return "StepTokens: ReplayFile must be the absolute path of a file.";
        }

        if (options.CoveredHeaders is null)
        {
            yield return "StepTokens: CoveredHeaders is null; leave it alone, or name the headers.";
        }
    }

    private static bool IsBaseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
        && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0;

    private static bool IsTrustworthy(Uri url) =>
        url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
