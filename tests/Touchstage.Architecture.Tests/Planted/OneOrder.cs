using System.Diagnostics;

namespace Planted;

internal static class PipelineStage
{
    public const string Open = "open";
    public const string Send = "send";
}

internal sealed class Telemetry
{
    public T Stage<T>(string verb, Func<T> stage) => stage();
}

internal sealed class Stages
{
    public string Identify() => "";

    public string Judge() => "";

    public string Permit() => "";
}

internal sealed class Pipeline(Telemetry telemetry, Stages identifier, Stages judge, Stages permitter)
{
    private const string Identify = "identify";
    private const string Judge = "judge";
    private const string Permit = "permit";
    private const string Record = "record";
    private const string Mint = "mint";

    public string RunAsync()
    {
        var caller = telemetry.Stage(Identify, () => identifier.Identify());
        var judged = telemetry.Stage(Judge, () => judge.Judge());
        return caller + judged + CarryOut() + telemetry.Stage(Mint, () => "minted");
    }

    public static IEnumerable<string> Replay()
    {
        yield return PipelineStage.Send;
        yield return PipelineStage.Open;
    }

    private string CarryOut() => telemetry.Stage(Record, () => permitter.Permit()) + telemetry.Stage(Permit, () => permitter.Permit());
}

internal sealed class Starter(ActivitySource source)
{
    public void Start() => source.StartActivity("something else")?.Dispose();
}
