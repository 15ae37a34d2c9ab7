using System.Security.Cryptography;
using System.Text;

namespace Touchstage.StepTokens.Tests;

public sealed class RequestDigestTests
{
    [Fact]
    public void Of_Has_the_documented_form()
    {
        var lines = "POST\nhttps://api.example/v1/refunds?draft=no\nsha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"u8;

        RequestDigest.Of(RequestBinding.Compute("POST", "https://api.example/v1/refunds?draft=no", [], []))
            .ShouldBe("sha256:" + Convert.ToHexStringLower(SHA256.HashData(lines)));
    }

    [Fact]
    public void Of_Another_method_URI_or_body_is_another_digest_and_another_header_is_not()
    {
        var digests = new[] { Of(), Of(method: "PUT"), Of(url: "https://api.example/b"), Of(body: "1") };

        digests.Distinct().Count().ShouldBe(4);
        RequestDigest.Of(RequestBinding.Compute("POST", "https://api.example/a", [new("idempotency-key", "stp_1")], [])).ShouldBe(Of());
    }

    private static string Of(string method = "POST", string url = "https://api.example/a", string body = "") =>
        RequestDigest.Of(RequestBinding.Compute(method, url, [], Encoding.UTF8.GetBytes(body)));
}
