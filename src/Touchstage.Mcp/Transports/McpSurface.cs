#pragma warning disable MCPEXP002 // The protocol library marks the seams for extensions as experimental.
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Admission;
using Touchstage.Mcp.Icons;
using Touchstage.Mcp.Limits;
using Touchstage.Mcp.Pagination;
using Touchstage.Mcp.Prompts;
using Touchstage.Mcp.Resources;
using Touchstage.Mcp.Sessions;
using Touchstage.Mcp.Subscriptions;
using Touchstage.Mcp.Tasks;
using Touchstage.Mcp.Tools;

namespace Touchstage.Mcp.Transports;

/// <summary>The whole MCP surface, the same over every transport.</summary>
internal static class McpSurface
{
    /// <summary>The version that the server tells.</summary>
    public static readonly string Version =
        typeof(McpSurface).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static IMcpServerBuilder AddTouchstageMcp(this IServiceCollection services, PortLimits? limits = null)
    {
        services.AddSingleton(limits ?? PortLimits.Default).AddSingleton<CallsUnderWay>();
        services.AddSingleton<SessionDoor>().AddSingleton<HttpSessions>().AddSingleton<StreamLease>().AddSingleton<ProtectedResource>().AddSingleton<Readiness>().AddSingleton<Pages>();
        services.AddSingleton<ToolSurface>().AddSingleton<ToolCalls>().AddSingleton<ApprovalPatience>();
        services.AddSingleton<SystemTools>().AddSingleton<ISystemTool, CheckApprovalTool>().AddSingleton<ISystemTool, WithdrawApprovalTool>();
        services.AddSingleton<TaskCalls>().AddSingleton<TaskSurface>().AddSingleton<IConfigureOptions<McpServerOptions>, TaskHandlers>();
        services.AddSingleton<RunningCalls>().AddHostedService(provider => provider.GetRequiredService<RunningCalls>());
        services.AddSingleton<ResourceSurface>();
        services.AddSingleton<IApproverPrompt, ReviewQueuePrompt>().AddSingleton<IApproverPrompt, ReviewPrompt>();
        services.AddSingleton<IApproverPrompt, ApprovePrompt>().AddSingleton<IApproverPrompt, RejectPrompt>().AddSingleton<IApproverPrompt, ModifyPrompt>();
        services.AddSingleton<DecisionDoors>().AddSingleton<ShownStates>().AddSingleton<ReviewAnswers>();
        services.AddSingleton<PromptSurface>().AddSingleton<CompletionSurface>();
        services.AddSingleton<SubscriptionHub>().AddSingleton<ApprovalWaits>().AddSingleton<LegacySubscribers>().AddSingleton<SubscriptionSurface>().AddHostedService<ChangeFollower>().AddHostedService<ManifestFollower>();
        return services.AddMcpServer(Describe)
            .WithMessageFilters(filters => filters.AddIncomingFilter(CallsUnderWay.Filter).AddIncomingFilter(ParameterCheck.Filter).AddOutgoingFilter(TasksExtension.KeepOutOfInitialize))
            .WithListToolsHandler(HandlerGuard.Of<ListToolsRequestParams, ListToolsResult>(static (request, ct) => Of<ToolSurface>(request.Services).ListAsync(request, ct)))
            .WithListResourcesHandler(HandlerGuard.Of<ListResourcesRequestParams, ListResourcesResult>(static (request, ct) => Of<ResourceSurface>(request.Services).ListAsync(request, ct)))
            .WithListResourceTemplatesHandler(HandlerGuard.Of<ListResourceTemplatesRequestParams, ListResourceTemplatesResult>(static (request, ct) => Of<ResourceSurface>(request.Services).TemplatesAsync(request, ct)))
            .WithReadResourceHandler(HandlerGuard.Of<ReadResourceRequestParams, ReadResourceResult>(static (request, ct) => Of<ResourceSurface>(request.Services).ReadAsync(request, ct)))
            .WithSubscribeToResourcesHandler(HandlerGuard.Of<SubscribeRequestParams, EmptyResult>(static (request, ct) => Of<SubscriptionSurface>(request.Services).SubscribeAsync(request, ct)))
            .WithUnsubscribeFromResourcesHandler(HandlerGuard.Of<UnsubscribeRequestParams, EmptyResult>(static (request, ct) => Of<SubscriptionSurface>(request.Services).UnsubscribeAsync(request, ct)))
            .WithSubscriptionsListenHandler(HandlerGuard.Of<SubscriptionsListenRequestParams, EmptyResult>(ListenAsync))
            .WithListPromptsHandler(HandlerGuard.Of<ListPromptsRequestParams, ListPromptsResult>(static (request, ct) => Of<PromptSurface>(request.Services).ListAsync(request, ct)))
            .WithGetPromptHandler(HandlerGuard.Of<GetPromptRequestParams, GetPromptResult>(static (request, ct) => Of<PromptSurface>(request.Services).GetAsync(request, ct)))
            .WithCompleteHandler(HandlerGuard.Of<CompleteRequestParams, CompleteResult>(static (request, ct) => Of<CompletionSurface>(request.Services).CompleteAsync(request, ct)));
    }

    private static ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellation)
    {
        TasksExtension.DemandForListening(request.JsonRpcRequest);
        return Of<SubscriptionSurface>(request.Services).ListenAsync(request, cancellation);
    }

    private static void Describe(McpServerOptions options)
    {
        options.ServerInfo = new() { Name = "touchstage", Title = "Touchstage", Version = Version, Icons = IconSet.Product };
        options.Capabilities = new()
        {
            Tools = new() { ListChanged = true },
            Resources = new() { Subscribe = true, ListChanged = false },
            Prompts = new() { ListChanged = false },
            Completions = new(),
            Extensions = new Dictionary<string, object>(StringComparer.Ordinal) { [TasksExtension.Id] = new JsonObject() },
        };
        options.Handlers.CallToolWithAlternateHandler =
            HandlerGuard.Of<CallToolRequestParams, ResultOrAlternate<CallToolResult>>(static (request, ct) => Of<TaskCalls>(request.Services).CallAsync(request, ct));
    }

    private static T Of<T>(IServiceProvider? services) where T : class =>
        (services ?? throw new InvalidOperationException("The server runs without its services.")).GetRequiredService<T>();
}
