using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Storefront.Api.Accounts;
using Storefront.Api.Data;
using Storefront.Api.Endpoints;
using Storefront.Api.Journal;
using Touchstage.StepTokens.AspNetCore;

namespace Storefront.Api.Hosting;

/// <summary>Builds the storefront: its data, its token check, its routes.</summary>
public static class StorefrontHost
{
    /// <summary>Builds the application; the caller starts it. Its address is the only entry of <see cref="WebApplication.Urls"/>.</summary>
    /// <param name="options">What it is told.</param>
    /// <param name="configure">Changes to the builder, for tests: a clock, a logger.</param>
    /// <returns>The application, with its data in place.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The address is taken or not this machine's.</exception>
    public static WebApplication Build(StorefrontOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var listening = ListeningSocket.Bind(options.Url);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = _ => listening.Socket);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning);
        AddServices(builder.Services, options, listening.Url);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.Urls.Add(listening.Url);
        app.UseMiddleware<RequestJournal>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapTokens(options.PublicUrl?.TrimEnd('/') ?? listening.Url);
        MapApi(app.MapGroup("/v1"));
        MapApi(app.MapGroup("/accounts/{account}/v1"));
        if (options.OwnerKey is { Length: > 0 } ownerKey)
        {
            app.MapJournal(ownerKey);
        }

        using var scope = app.Services.CreateScope();
        Seed.Apply(scope.ServiceProvider.GetRequiredService<StorefrontDb>(), options.Accounts);
        return app;
    }

    private static void AddServices(IServiceCollection services, StorefrontOptions options, string address)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new AccessTokens(options.Accounts, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new AccountGate(options.Accounts, provider.GetRequiredService<AccessTokens>()));
        // A storefront without data has accepted no token yet.
        var isNew = !File.Exists(options.DataFile);
        services.AddTouchstageStepTokens(tokens =>
        {
            tokens.Issuer = options.Issuer;
            tokens.Audience = options.Audience;
            tokens.PublicBaseUrl = options.PublicUrl ?? address;
            tokens.JwksUri = options.JwksUri;
            tokens.Keys = options.Keys;
            tokens.AcceptBearer = true;
            tokens.ReplayFile = Path.GetFullPath(options.DataFile) + ".used-tokens";
            tokens.AcceptTokensFromBeforeStart = isNew;
            tokens.TenantOf = request => new(request.HttpContext.RequestServices.GetRequiredService<AccountGate>().TenantOf(request));
        });
        services.AddDbContext<StorefrontDb>(db => db.UseSqlite($"Data Source={options.DataFile}"));
        services.AddHttpContextAccessor();
        services.AddScoped<AccountData>();
        services.AddScoped<JournalWriter>();
        services.AddScoped<Change>();
        services.AddProblemDetails();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.PropertyNameCaseInsensitive = false;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
    }

    private static void MapApi(RouteGroupBuilder api)
    {
        api.MapPayments();
        api.MapRefunds();
        api.MapReceipts();
        api.MapCustomers();
        api.MapInvites();
        api.MapProjects();
    }
}
