using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>The product refuses whoever has its API key but no step token.</summary>
internal sealed class ProductAloneScene : IScene
{
    private const int Unauthorized = 401;

    public string Title => "The product by itself";

    public string Point => "Somebody has stolen Acme's API key and calls the product past Touchstage.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        play.Say(Speaker.Outside, "sends a refund with Acme's own API key and no step token");
        var bare = await play.Storefront.CallDirectlyAsync(play.Secrets.AcmeApiKey, stepToken: null, cancellation);
        play.Say(Speaker.Outside, "sends it again with a step token of their own making");
        var forged = await play.Storefront.CallDirectlyAsync(play.Secrets.AcmeApiKey, Forged(), cancellation);
        var received = await play.ReceivedAsync(cancellation);

        Play.Expect("the answer without a step token", Unauthorized, bare);
        Play.Expect("the answer with a made-up one", Unauthorized, forged);
        Play.Expect("the changes in the product", 0, received.Count(request => request.IsChange));
        return "the key alone opens nothing: every request needs a token for that very request, good once";
    }

    private static string Forged()
    {
        var header = Part("""{"typ":"txntoken+jwt","alg":"ES256","kid":"made-up"}""");
        var claims = Part("""{"iss":"touchstage","aud":"https://storefront.example","scope":"refund_user","sub":"acme/local/helper"}""");
        return $"{header}.{claims}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(64))}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
