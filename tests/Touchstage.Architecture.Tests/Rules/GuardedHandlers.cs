using Mono.Cecil;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>
/// Behind the door that <see cref="HttpDoors"/> keeps there is one guard: within Egress too, one class makes handlers and sockets, one looks names up, and nobody loosens a handler
/// afterwards; and no library that fetches by itself is let loose, for API, fact, token, discovery, key and webhook calls alike.
/// </summary>
public sealed class GuardedHandlers
{
    private const string Guard = "Touchstage.Safety.Egress.GuardedHandler";
    private const string Terms = "Touchstage.Safety.Egress.TlsTerms";

    // Outside of the product's own way out: the verifier kit at an API owner's, and the demo's actors.
    private static readonly string[] Outsiders =
    [
        "Touchstage.StepTokens.AspNetCore.StepTokenServiceCollectionExtensions", "Touchstage.StepTokens.AspNetCore.IssuerKeys", "Touchstage.Mcp.Demo.DemoParts",
        "Touchstage.Mcp.Demo.McpParty",
    ];

    // What may be made, by whom alone.
    private static readonly Dictionary<string, string[]> Makers = new(StringComparer.Ordinal)
    {
        ["System.Net.Http.SocketsHttpHandler"] = [Guard],
        ["System.Net.Sockets.Socket"] = [Guard],
        ["System.Net.Sockets.NetworkStream"] = [Guard],
        ["System.Net.Security.SslClientAuthenticationOptions"] = [Terms],
        ["System.Net.Http.HttpClient"] = [],
        ["System.Net.Http.HttpClientHandler"] = [],
        ["System.Net.Security.SslStream"] = [],
        ["System.Net.Mail.SmtpClient"] = [],
        ["System.Net.NetworkInformation.Ping"] = [],
        ["System.Net.Sockets.TcpClient"] = [],
        ["System.Net.Sockets.UdpClient"] = [],
        ["System.Net.WebSockets.ClientWebSocket"] = [],
        ["Microsoft.IdentityModel.Protocols.HttpDocumentRetriever"] = [],
        ["ModelContextProtocol.Client.HttpClientTransport"] = [],
    };

    // What may be called, by whom alone: names are looked up in one place, and old ways out are not taken at all.
    private static readonly Dictionary<string, string[]> Callers = new(StringComparer.Ordinal)
    {
        ["System.Net.Dns"] = ["Touchstage.Safety.Egress.SystemHostResolver"],
        ["System.Net.WebRequest"] = [],
        ["System.Net.Quic.QuicConnection"] = [],
        ["System.Net.Http.Json.HttpClientJsonExtensions"] = [],
    };

    [Fact]
    public void Every_way_out_leads_through_the_guard() => Assemblies.OfSrc.SelectMany(Violations).ShouldBeEmpty();

    [Fact]
    public void The_guard_is_there_to_be_found() => Assemblies.Safety.Methods().Where(method => method.DeclaringType.Outermost().FullName is Guard or Terms)
        .SelectMany(method => method.Instructions()).Select(instruction => instruction.Operand as MethodReference)
        .Count(called => called is { Name: ".ctor" } && Makers.ContainsKey(called.DeclaringType.FullName)).ShouldBeGreaterThanOrEqualTo(4);

    [Fact]
    public void Planted_ways_past_it_are_found() => Violations(Assemblies.Planted("GuardedHandlers", "Touchstage.Safety")).ShouldBe(
        [
            "Touchstage.Safety.Egress.Shortcut makes a System.Net.Http.SocketsHttpHandler",
            "Touchstage.Safety.Egress.Shortcut loosens a handler: set_ConnectCallback",
            "Touchstage.Safety.Egress.Loosener loosens a handler: set_AllowAutoRedirect",
            "Touchstage.Safety.Egress.Loosener loosens a handler: set_SslOptions",
            "Touchstage.Safety.Credentials.Asker calls System.Net.Dns",
            "Touchstage.Safety.Credentials.Asker makes a System.Net.Http.HttpClient",
            "Touchstage.Safety.Credentials.Asker calls System.Net.WebRequest",
        ],
        ignoreOrder: true);

    private static IEnumerable<string> Violations(AssemblyDefinition assembly) =>
        (from method in assembly.Methods()
         let type = method.DeclaringType.Outermost()
         where !Outsiders.Contains(type.FullName, StringComparer.Ordinal)
         from instruction in method.Instructions()
         let called = instruction.Operand as MethodReference
         where called is not null
         let way = Way(called, type.FullName)
         where way is not null
         select $"{type.FullName} {way}").Distinct(StringComparer.Ordinal);

    private static string? Way(MethodReference called, string by) => called.DeclaringType.FullName switch
    {
        var made when called.Name == ".ctor" && Makers.TryGetValue(made, out var makers) && !makers.Contains(by, StringComparer.Ordinal) => $"makes a {made}",
        var asked when Callers.TryGetValue(asked, out var callers) && !callers.Contains(by, StringComparer.Ordinal) => $"calls {asked}",
        "System.Net.Http.SocketsHttpHandler" when called.Name.StartsWith("set_", StringComparison.Ordinal) && by != Guard => $"loosens a handler: {called.Name}",
        _ => null,
    };
}
