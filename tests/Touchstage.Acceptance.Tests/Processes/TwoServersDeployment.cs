using Touchstage.Acceptance.Tests.Clients;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>The sample product behind two server processes on one data folder.</summary>
public sealed class TwoServersDeployment : Deployment
{
    internal Server First { get; private set; } = null!;

    internal Server Second { get; private set; } = null!;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        var servers = await Task.WhenAll(ServeAsync(), ServeAsync());
        (First, Second) = (servers[0], servers[1]);
        await StartStorefrontAsync(First);
    }

    internal Task<Party> OnFirstAsync(SessionKey session) => Party.OverHttpAsync(this, First, session.Key);

    internal Task<Party> OnSecondAsync(SessionKey session) => Party.OverHttpAsync(this, Second, session.Key);
}
