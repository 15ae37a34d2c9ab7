using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Touchstage.Mcp.Tests.Conformance;

/// <summary>The suite knows no session keys: every request gets one before the server looks at it. What the server checks, it checks as ever.</summary>
internal sealed class SuiteKey : IStartupFilter
{
    private string? key;

    /// <summary>Gives it the key.</summary>
    public void Set(string sessionKey) => key = sessionKey;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            http.Request.Headers.Authorization = $"Bearer {key}";
            return rest(http);
        });
        next(app);
    };
}
