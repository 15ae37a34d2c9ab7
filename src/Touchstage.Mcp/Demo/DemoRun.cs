namespace Touchstage.Mcp.Demo;

/// <summary>The whole demo: parts up, story told, parts down.</summary>
internal static class DemoRun
{
    private const int Done = 0;
    private const int FoundWanting = 1;

    public static async Task<int> RunAsync(
        DemoOptions options, Teller teller, Func<Play, CancellationToken, Task<IReadOnlyList<string>>> tell, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        teller.Title("Touchstage", "An AI agent acts on a product for its customers. Touchstage stands between: it says no unless a policy says otherwise, and asks a person when in doubt.");
        teller.Paragraph("Starting the sample product and the server on this machine ...");
        try
        {
            using var folder = DemoFolder.Create(options);
            await using var parts = await DemoParts.StartAsync(folder, time, cancellation);
            await using var play = await Play.BeginAsync(parts, teller, cancellation);
            teller.Paragraph($"Storefront, the product: {parts.StorefrontAddress}  Touchstage: {parts.ServerAddress}mcp  MCP {play.Agent.Protocol}, streamable HTTP");
            var failures = await tell(play, cancellation);
            TellEnd(teller, failures, time.GetElapsedTime(started));
            if (options.Keep)
            {
                teller.Paragraph($"The data folder stays at {folder.Path}.", "");
            }

            if (!options.Once)
            {
                new HowToConnect(teller, parts, play.ApprovedStep).Tell();
                await WaitAsync(time, cancellation);
            }

            return failures.Count == 0 ? Done : FoundWanting;
        }
        catch (DemoException wrong)
        {
            teller.Bad(wrong.Message);
            return FoundWanting;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            teller.Paragraph("Stopped. Everything that the demo started has ended.", "");
            return options.Once ? FoundWanting : Done;
        }
    }

    private static void TellEnd(Teller teller, IReadOnlyList<string> failures, TimeSpan took)
    {
        teller.Heading("The end");
        if (failures.Count == 0)
        {
            teller.Good($"Every scene came out as it should, in {took.TotalSeconds:0.0} s.");
            return;
        }

        foreach (var failure in failures)
        {
            teller.Bad(failure);
        }
    }

    private static Task WaitAsync(TimeProvider time, CancellationToken cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
}
