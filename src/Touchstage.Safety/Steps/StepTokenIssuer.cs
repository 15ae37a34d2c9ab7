namespace Touchstage.Safety.Steps;

/// <summary>As whom this server mints.</summary>
/// <param name="Issuer">The <c>iss</c> that API owners configure: a URL or another name without spaces.</param>
/// <param name="Workload">The <c>req_wl</c>: this server's workload id.</param>
/// <param name="Transport">How agents are connected: <c>stdio</c> or <c>http</c>.</param>
internal sealed record StepTokenIssuer(string Issuer, string Workload, string Transport);
