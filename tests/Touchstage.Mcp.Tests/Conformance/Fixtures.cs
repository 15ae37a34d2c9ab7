#pragma warning disable MCP9005 // Logging is deprecated since the newest revision, and required by the ones before it.
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Tests.Conformance.Parts;

namespace Touchstage.Mcp.Tests.Conformance;

/// <summary>
/// What the suite asks a server to have, beside what the product has: its handlers stay, and answer whatever these do not know. Prompts and resources come by filters, since the
/// library would declare more of collections of them than the product does.
/// </summary>
internal static class Fixtures
{
    private static readonly McpServerPrompt[] Prompts = [.. MethodsOf<FixturePrompts>().Select(method => McpServerPrompt.Create(method))];
    private static readonly McpServerResource[] Resources = [.. MethodsOf<FixtureResources>().Select(method => McpServerResource.Create(method))];

    public static void AddTo(IServiceCollection services) => services.AddMcpServer()
        .WithTools<ContentTools>()
        .WithTools<SessionTools>()
        .WithTools<InputTools>()
        .WithTools<StatelessTools>()
        .WithSetLoggingLevelHandler((_, _) => Done)
        .WithRequestFilters(AddFilters);

    private static void AddFilters(IMcpRequestFilterBuilder filters) => filters
        .AddListPromptsFilter(next => async (request, cancellation) =>
        {
            var result = await next(request, cancellation);
            result.Prompts = [.. result.Prompts, .. Prompts.Select(prompt => prompt.ProtocolPrompt)];
            return result;
        })
        .AddGetPromptFilter(next => (request, cancellation) =>
            Array.Find(Prompts, prompt => prompt.ProtocolPrompt.Name == request.Params.Name)?.GetAsync(request, cancellation) ?? next(request, cancellation))
        .AddListResourcesFilter(next => async (request, cancellation) =>
        {
            var result = await next(request, cancellation);
            result.Resources = [.. result.Resources, .. Resources.Select(resource => resource.ProtocolResource).OfType<Resource>()];
            return result;
        })
        .AddListResourceTemplatesFilter(next => async (request, cancellation) =>
        {
            var result = await next(request, cancellation);
            result.ResourceTemplates = [.. result.ResourceTemplates, .. Resources.Where(resource => resource.IsTemplated).Select(resource => resource.ProtocolResourceTemplate)];
            return result;
        })
        .AddReadResourceFilter(next => (request, cancellation) =>
            Array.Find(Resources, resource => resource.IsMatch(request.Params.Uri))?.ReadAsync(request, cancellation) ?? next(request, cancellation))
        .AddSubscribeToResourcesFilter(next => (request, cancellation) => request.Params.Uri == FixtureResources.Watched ? Done : next(request, cancellation))
        .AddUnsubscribeFromResourcesFilter(next => (request, cancellation) => request.Params.Uri == FixtureResources.Watched ? Done : next(request, cancellation));

    private static ValueTask<EmptyResult> Done => ValueTask.FromResult(new EmptyResult());

    private static MethodInfo[] MethodsOf<T>() => typeof(T).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
}
