using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>An endpoint's metadata: the scopes that it accepts.</summary>
internal interface IRequiredCapability
{
    ImmutableArray<string> Scopes { get; }

    /// <summary>What an endpoint accepts: the scopes that everything on it names, group, controller and action alike; null if nothing names any.</summary>
    static ImmutableArray<string>? Of(Endpoint endpoint)
    {
        var all = endpoint.Metadata.GetOrderedMetadata<IRequiredCapability>();
        return all.Count == 0 ? null : [.. all[0].Scopes.Where(scope => all.All(required => required.Scopes.Contains(scope, StringComparer.Ordinal)))];
    }

    /// <summary>Refuses a list of scopes that lets nobody in, or says nothing.</summary>
    static ImmutableArray<string> Demand(string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return scopes.Length > 0 && !Array.Exists(scopes, string.IsNullOrWhiteSpace)
            ? [.. scopes]
            : throw new ArgumentException("Name the capabilities that the endpoint serves.", nameof(scopes));
    }
}
