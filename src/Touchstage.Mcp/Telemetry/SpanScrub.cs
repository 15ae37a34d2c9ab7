using System.Diagnostics;
using ModelContextProtocol.Protocol;
using OpenTelemetry;

namespace Touchstage.Mcp.Telemetry;

/// <summary>
/// Takes from every span what is not known to be harmless before it is exported. The libraries beneath put into them what clients wrote: names of tools and resources, ids, whole error texts, addresses. Kept are names and codes
/// of ours and of the protocols; what cannot be taken away is not exported at all.
/// </summary>
internal sealed class SpanScrub : BaseProcessor<Activity>
{
    private const string Method = "mcp.method.name";
    private const string Unknown = "unknown";

    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        Method, "http.request.method", "http.route", "http.response.status_code", "network.protocol.version", "network.transport", "rpc.response.status_code", "error.type", "url.scheme",
    };

    private static readonly HashSet<string> Methods = new(
        [
            .. Constants(typeof(RequestMethods)), .. Constants(typeof(NotificationMethods)), "tasks/get", "tasks/result", "tasks/cancel", "tasks/update", "tasks/list",
        ],
        StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void OnStart(Activity data)
    {
        // The trace's id is taken over from the client, so that its trace and ours are one. Whatever else it has to say is not carried on.
        data.TraceStateString = null;
    }

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        foreach (var (name, value) in data.TagObjects.ToArray())
        {
            if (!Kept.Contains(name) || (name == Method && !Methods.Contains(value as string ?? "")))
            {
                data.SetTag(name, null);
            }
        }

        data.DisplayName = NameOf(data);
        if (data.Status != ActivityStatusCode.Unset)
        {
            data.SetStatus(data.Status);
        }

        if (data.Events.Any() || data.Links.Any(link => link.Tags?.Any() == true))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    private static string NameOf(Activity data) => data.Source.Name switch
    {
        TelemetryExport.Pipeline => data.OperationName,
        TelemetryExport.Protocol => data.GetTagItem(Method) as string ?? Unknown,
        _ => $"{data.GetTagItem("http.request.method") ?? "HTTP"} {data.GetTagItem("http.route") ?? Unknown}",
    };

    private static IEnumerable<string> Constants(Type names) => names.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
}
