using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Storefront.Api.Hosting;

const int usage = 2;
const int internalError = 3;

if (!CommandLine.TryRead(args, out var options, out var errors))
{
    return Fail(errors);
}

try
{
    await using var app = StorefrontHost.Build(
        options, builder => builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
    await app.StartAsync();
    Console.WriteLine($"listening on {app.Urls.Single()}");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (SocketException taken)
{
    return Fail([$"Cannot listen on {options.Url}: {taken.Message}"]);
}
catch (OptionsValidationException wrong)
{
    return Fail(wrong.Failures);
}
catch (Exception unusable) when (unusable is IOException or InvalidDataException)
{
    Console.Error.WriteLine(unusable.Message);
    return internalError;
}
catch (SqliteException broken)
{
    Console.Error.WriteLine($"Cannot use the data file {options.DataFile}: {broken.Message}");
    return internalError;
}

static int Fail(IEnumerable<string> problems)
{
    foreach (var problem in problems)
    {
        Console.Error.WriteLine(problem);
    }

    Console.Error.WriteLine($"Usage: {CommandLine.Usage}");
    return usage;
}
