namespace Touchstage.Mcp.Telemetry;

/// <summary>How an operator follows what a server does.</summary>
/// <param name="Log">The form of its log.</param>
/// <param name="Export">Where traces and metrics go, or null for nowhere.</param>
internal sealed record Operation(LogFormat Log, ExportSetup? Export)
{
    public static readonly Operation Quiet = new(LogFormat.Text, null);
}
