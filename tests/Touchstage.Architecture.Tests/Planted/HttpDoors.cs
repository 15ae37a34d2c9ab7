using Microsoft.Extensions.DependencyInjection;

namespace Touchstage.Safety.Egress
{
    internal sealed class Guarded
    {
        public static HttpMessageInvoker Make() => new(new SocketsHttpHandler());
    }
}

namespace Touchstage.Safety.Upstream
{
    internal sealed class Sender
    {
        public static IEnumerable<object> Make()
        {
            yield return new Func<object>(() => new HttpClient(new SocketsHttpHandler()))();
        }
    }

    internal sealed class Derived : HttpClient;

    internal sealed class Borrower
    {
        public static void Wire(IServiceCollection services) => services.AddHttpClient("open");

        public static HttpClient Borrow(IHttpClientFactory clients) => clients.CreateClient("open");
    }
}
