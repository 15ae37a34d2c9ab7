using Mono.Cecil;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>Only Egress opens a door to the network; beside it the verifier kit, at an API owner's, fetches the issuer's keys, and the demo's actors speak to the product.</summary>
public sealed class HttpDoors
{
    private const string Egress = "Touchstage.Safety.Egress";

    // The demo's actors are not the product: they play the agents and people outside of it, and watch the sample from outside.
    private static readonly string[] Outsiders =
    [
        "Touchstage.StepTokens.AspNetCore.StepTokenServiceCollectionExtensions", "Touchstage.StepTokens.AspNetCore.IssuerKeys", "Touchstage.Mcp.Demo.DemoParts",
        "Touchstage.Mcp.Demo.McpParty",
    ];

    private static readonly string[] Doors =
    [
        "System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.Http.SocketsHttpHandler", "System.Net.Http.HttpClientHandler", "System.Net.WebClient",
        "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient", "System.Net.Sockets.UdpClient", "System.Net.WebSockets.ClientWebSocket",
    ];

    [Fact]
    public void Only_egress_opens_a_door_to_the_network() => Assemblies.OfSrc.SelectMany(Violations).ShouldBeEmpty();

    [Fact]
    public void Planted_doors_are_found() => Violations(Assemblies.Planted("HttpDoors", "Touchstage.Safety")).ShouldBe(
        [
            "Touchstage.Safety.Upstream.Sender makes a System.Net.Http.HttpClient",
            "Touchstage.Safety.Upstream.Sender makes a System.Net.Http.SocketsHttpHandler",
            "Touchstage.Safety.Upstream.Derived makes a System.Net.Http.HttpClient",
            "Touchstage.Safety.Upstream.Borrower asks Microsoft.Extensions.DependencyInjection.HttpClientFactoryServiceCollectionExtensions for a client",
            "Touchstage.Safety.Upstream.Borrower asks System.Net.Http.IHttpClientFactory for a client",
        ],
        ignoreOrder: true);

    private static IEnumerable<string> Violations(AssemblyDefinition assembly) =>
        (from method in assembly.Methods()
         let type = method.DeclaringType.Outermost()
         where type.Namespace != Egress && !Outsiders.Contains(type.FullName, StringComparer.Ordinal)
         from instruction in method.Instructions()
         let called = instruction.Operand as MethodReference
         where called is not null
         let door = Door(called)
         where door is not null
         select $"{type.FullName} {door}").Distinct(StringComparer.Ordinal);

    // A derived class calls its base's constructor, so it is seen as well as `new` is.
    private static string? Door(MethodReference called) => called switch
    {
        { Name: ".ctor" } when Doors.Contains(called.DeclaringType.FullName, StringComparer.Ordinal) => $"makes a {called.DeclaringType.FullName}",
        { Name: "CreateClient" or "AddHttpClient", DeclaringType.Name: "IHttpClientFactory" or "HttpClientFactoryServiceCollectionExtensions" or "HttpClientFactoryExtensions" } =>
            $"asks {called.DeclaringType.FullName} for a client",
        _ => null,
    };
}
