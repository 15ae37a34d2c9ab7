using System.Diagnostics;

namespace Touchstage.StepTokens.AspNetCore.Tests;

public sealed class StorefrontCommandLineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("storefront-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Without_options_everything_that_is_missing_is_told()
    {
        var (code, output, errors) = await RunAsync();

        code.ShouldBe(2);
        output.ShouldBeEmpty();
        foreach (var option in (string[])["--urls", "--data", "--issuer", "--jwks", "--audience", "--accounts"])
        {
            errors.ShouldContain($"{option} is missing.");
        }
    }

    [Theory]
    [InlineData("--bogus", "x", "'--bogus' is not an option.")]
    [InlineData("--urls", "nowhere", "--urls must be one address")]
    [InlineData("--jwks", "keys", "--jwks must be an absolute")]
    [InlineData("--jwks", "http://keys.example/jwks", "JwksUri must be https")]
    [InlineData("--accounts", "nowhere.json", "nowhere.json: cannot be read")]
    [InlineData("--owner-key-env", "STOREFRONT_NOT_SET", "which is not set")]
    public async Task A_bad_option_is_named(string option, string value, string message)
    {
        var (code, _, errors) = await RunAsync(Options(option, value));

        code.ShouldBe(2);
        errors.ShouldContain(message);
    }

    [Fact]
    public async Task Port_0_takes_a_free_port_and_one_line_tells_it()
    {
        using var process = Start(Options("--urls", "http://127.0.0.1:0"));
        try
        {
            var line = await process.StandardOutput.ReadLineAsync();

            line.ShouldNotBeNull();
            line.ShouldStartWith("listening on http://127.0.0.1:");
            var answer = await RawHttp.SendAsync(new(line["listening on ".Length..]), "GET", "/v1/projects", [], []);
            answer.ShouldTellNothing();
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private string[] Options(string option, string value)
    {
        var accounts = Path.Combine(folder, "accounts.json");
        File.WriteAllText(accounts, """[{"account":"acme","tenant":"acme","apiKeys":["k"]}]""");
        var options = new Dictionary<string, string>
        {
            ["--urls"] = "http://127.0.0.1:0",
            ["--data"] = Path.Combine(folder, "storefront.db"),
            ["--issuer"] = Minter.Issuer,
            ["--jwks"] = "http://127.0.0.1:9/jwks",
            ["--audience"] = Minter.Audience,
            ["--accounts"] = accounts,
            [option] = value,
        };
        return [.. options.SelectMany(pair => (string[])[pair.Key, pair.Value])];
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] options)
    {
        using var process = Start(options);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static Process Start(string[] options) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "Storefront.Api.dll"), .. options])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;
}
