using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("touchstage")]
[assembly: InternalsVisibleTo("Touchstage.Safety.Tests")]

namespace Planted;

internal sealed class Borders
{
    public static object Protect() => typeof(Microsoft.AspNetCore.DataProtection.IDataProtector);

    public static object Host() => typeof(Microsoft.AspNetCore.Http.HttpContext);

    public static object Protocol() => typeof(ModelContextProtocol.Protocol.Tool);
}
