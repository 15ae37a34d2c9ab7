using Microsoft.Extensions.Options;

namespace Touchstage.Safety.Egress;

/// <summary>Checks the egress options; all errors at once.</summary>
internal sealed class EgressOptionsValidator : IValidateOptions<EgressOptions>
{
    public ValidateOptionsResult Validate(string? name, EgressOptions options)
    {
        var problems = new List<string>();
        if (options.AllowedNetworks.IsDefault)
        {
            problems.Add("Egress: AllowedNetworks is not set; use an empty list to open none.");
        }

        if (options.ConnectTimeout < TimeSpan.FromMilliseconds(100) || options.ConnectTimeout > TimeSpan.FromSeconds(60))
        {
            problems.Add("Egress: ConnectTimeout must be from 100 ms to 60 s.");
        }

        if (options.ConnectionLifetime < TimeSpan.FromSeconds(1) || options.ConnectionLifetime > TimeSpan.FromMinutes(10))
        {
            problems.Add("Egress: ConnectionLifetime must be from 1 s to 10 min.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
