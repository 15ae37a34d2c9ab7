using System.Net;
using System.Net.Sockets;

#pragma warning disable SYSLIB0014
namespace Touchstage.Safety.Egress
{
    internal sealed class GuardedHandler
    {
        public static SocketsHttpHandler Create() => new() { AllowAutoRedirect = false, ConnectCallback = async (_, _) => new NetworkStream(new Socket(SocketType.Stream, ProtocolType.Tcp)) };
    }

    internal sealed class SystemHostResolver
    {
        public static IPAddress[] Resolve(string host) => Dns.GetHostAddresses(host);
    }

    internal sealed class Shortcut
    {
        public static HttpMessageInvoker Make() => new(new SocketsHttpHandler { ConnectCallback = null });
    }

    internal sealed class Loosener
    {
        public static HttpMessageInvoker Loosen()
        {
            var handler = GuardedHandler.Create();
            handler.AllowAutoRedirect = true;
            handler.SslOptions = null!;
            return new(handler);
        }
    }
}

namespace Touchstage.Safety.Credentials
{
    internal sealed class Asker
    {
        public static async Task<object> AskAsync(string url)
        {
            await Dns.GetHostAddressesAsync(url);
            using var http = new HttpClient();
            return WebRequest.Create(await http.GetStringAsync(url));
        }
    }
}
