using System.Diagnostics;
using System.Net;
using Touchstage.Acceptance.Tests.Processes;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary><c>connection authorize</c> as it waits, and a browser that stops before it comes back.</summary>
internal sealed class AuthorizeRun : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> error;

    private AuthorizeRun(Process process)
    {
        this.process = process;
        error = process.StandardError.ReadToEndAsync();
        Browser = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
    }

    public HttpClient Browser { get; }

    /// <summary>The address that it printed.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The redirect URI that stands in it.</summary>
    public Uri Back => new(System.Web.HttpUtility.ParseQueryString(Address.Query)["redirect_uri"]!);

    /// <summary>The state that stands in it.</summary>
    public string State => System.Web.HttpUtility.ParseQueryString(Address.Query)["state"]!;

    public static async Task<AuthorizeRun> StartAsync(Deployment deployment, IEnumerable<string> arguments)
    {
        var run = new AuthorizeRun(Process.Start(Command.Of(Executable.Touchstage, arguments, folder: deployment.Folder)) ?? throw new InvalidOperationException("It was not started."));
        var line = await run.process.StandardOutput.ReadLineAsync().WaitAsync(Patience.ForAProcess);
        run.Address = line is null ? throw new InvalidOperationException(await run.error) : new Uri(line);
        return run;
    }

    /// <summary>Goes the whole way at the authorization server; where the browser is sent in the end.</summary>
    public async Task<Uri> ConsentAsync(string word = "yes")
    {
        var next = Address;
        while (next.AbsolutePath != Back.AbsolutePath)
        {
            using var answer = next.AbsolutePath.StartsWith("/choose/", StringComparison.Ordinal)
                ? await Browser.PostAsync(new Uri($"{next.AbsoluteUri}/{word}"), null)
                : await Browser.GetAsync(next);
            next = new Uri(next, answer.Headers.Location ?? throw new InvalidOperationException($"{next} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}"));
        }

        return next;
    }

    /// <summary>Types a line.</summary>
    public async Task TypeAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        process.StandardInput.Close();
    }

    /// <summary>What it came to.</summary>
    public async Task<Finished> EndedAsync()
    {
        using var patience = new CancellationTokenSource(Patience.ForAProcess);
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return new(process.ExitCode, output, await error);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
        Browser.Dispose();
    }
}
