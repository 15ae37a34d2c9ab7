using System.Text;
using System.Text.Json.Nodes;

namespace Touchstage.StepTokens.Tests;

public sealed class StepTokenClaimsTests : IDisposable
{
    private readonly Minting minting = new();

    public void Dispose() => minting.Dispose();

    [Fact]
    public void ToPayload_What_was_written_reads_back_to_the_same_bytes()
    {
        var written = minting.Claims(approval: new("apr_1", 3, Minting.Shown, ["a", "b"], ["x", "y"])).ToPayload();

        StepTokenClaims.TryParse(written, out var read).ShouldBeTrue();
        read.ToPayload().ShouldBe(written);
    }

    [Fact]
    public void ToPayload_Has_the_names_of_the_format()
    {
        var payload = JsonNode.Parse(minting.Claims(approval: new("apr_1", 3, Minting.Shown, ["a"], [])).ToPayload())!.AsObject();

        payload.Select(member => member.Key).ShouldBe(["iss", "iat", "exp", "aud", "txn", "jti", "sub", "scope", "req_wl", "tctx", "rctx"]);
        payload["tctx"]!.AsObject().Select(member => member.Key).ShouldBe(
            ["tenant", "capability", "connection", "args_digest", "htm", "htu", "hdr_digest", "hdr_names", "body_digest", "approval"]);
        payload["tctx"]!["approval"]!.AsObject().Select(member => member.Key).ShouldBe(["id", "revision", "digest", "approved_by", "statements"]);
        payload["sub"]!.GetValue<string>().ShouldBe("acme/https%3A%2F%2Fid.example/ada%40acme.example");
        payload["iat"]!.GetValue<long>().ShouldBe(minting.Now.ToUnixTimeSeconds());
    }

    [Fact]
    public void TryParse_An_unknown_claim_is_passed_over()
    {
        var payload = Parsed();
        payload["extra"] = 1;

        Reads(payload).ShouldBeTrue();
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("iat")]
    [InlineData("exp")]
    [InlineData("aud")]
    [InlineData("txn")]
    [InlineData("jti")]
    [InlineData("sub")]
    [InlineData("scope")]
    [InlineData("req_wl")]
    [InlineData("tctx")]
    [InlineData("rctx")]
    public void TryParse_A_claim_that_is_missing_or_of_another_type_is_refused(string name) => IsDemanded(Parsed(), root => root, name);

    [Theory]
    [InlineData("tenant")]
    [InlineData("capability")]
    [InlineData("connection")]
    [InlineData("args_digest")]
    [InlineData("htm")]
    [InlineData("htu")]
    [InlineData("hdr_digest")]
    [InlineData("hdr_names")]
    [InlineData("body_digest")]
    public void TryParse_A_context_member_that_is_missing_or_of_another_type_is_refused(string name) =>
        IsDemanded(Parsed(), root => root["tctx"]!.AsObject(), name);

    [Theory]
    [InlineData("""{"id":"a","revision":0,"digest":"d","approved_by":["b"],"statements":["c"]}""")]
    [InlineData("""{"id":"a","revision":1.5,"digest":"d","approved_by":["b"],"statements":["c"]}""")]
    [InlineData("""{"id":"a","revision":1,"digest":"d","approved_by":[],"statements":["c"]}""")]
    [InlineData("""{"id":"","revision":1,"digest":"d","approved_by":["b"],"statements":["c"]}""")]
    [InlineData("""{"id":"a","revision":1,"approved_by":["b"],"statements":["c"]}""")]
    [InlineData("""{"id":"a","revision":1,"digest":"d","approved_by":["b"]}""")]
    [InlineData("""{"id":"a","revision":1,"digest":"d","approved_by":["b"],"statements":"c"}""")]
    [InlineData("""{"id":"a","revision":1,"digest":"d","approved_by":["b"],"statements":[1]}""")]
    [InlineData("null")]
    [InlineData("true")]
    public void TryParse_An_approval_that_is_no_approval_is_refused(string approval)
    {
        var payload = Parsed();
        payload["tctx"]!["approval"] = JsonNode.Parse(approval);

        Reads(payload).ShouldBeFalse();
    }

    [Fact]
    public void TryParse_An_approval_of_the_documented_form_reads()
    {
        var payload = Parsed();
        payload["tctx"]!["approval"] = JsonNode.Parse("""{"id":"a","revision":1,"digest":"d","approved_by":["b"],"statements":["c"]}""");

        Reads(payload).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""["b","a"]""")]
    [InlineData("""["a","a"]""")]
    [InlineData("""["A"]""")]
    public void TryParse_Covered_names_in_another_spelling_are_refused(string names)
    {
        var payload = Parsed();
        payload["tctx"]!["hdr_names"] = JsonNode.Parse(names);

        Reads(payload).ShouldBeFalse();
    }

    [Fact]
    public void TryParse_A_member_given_twice_is_refused()
    {
        var text = minting.Payload();

        Reads(text.Replace("\"aud\":", "\"aud\":\"x\",\"aud\":", StringComparison.Ordinal)).ShouldBeFalse();
        Reads(text.Replace("\"tenant\":", "\"tenant\":\"x\",\"tenant\":", StringComparison.Ordinal)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("{\"iss\":\"\\ud800\"}")]
    public void TryParse_Text_that_is_no_strict_object_is_refused(string text) => Reads(text).ShouldBeFalse();

    [Fact]
    public void TryParse_Bytes_that_are_not_UTF8_are_refused()
    {
        var bytes = minting.Claims().ToPayload();
        bytes[Array.IndexOf(bytes, (byte)'t')] = 0xff;

        StepTokenClaims.TryParse(bytes, out _).ShouldBeFalse();
    }

    private void IsDemanded(JsonObject payload, Func<JsonObject, JsonObject> parent, string name)
    {
        Reads(payload).ShouldBeTrue();
        parent(payload)[name] = true;
        Reads(payload).ShouldBeFalse();
        parent(payload).Remove(name);
        Reads(payload).ShouldBeFalse();
    }

    private JsonObject Parsed() => JsonNode.Parse(minting.Payload())!.AsObject();

    private static bool Reads(JsonObject payload) => Reads(payload.ToJsonString());

    private static bool Reads(string payload) => StepTokenClaims.TryParse(Encoding.UTF8.GetBytes(payload), out _);
}
