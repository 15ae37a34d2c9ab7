using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class RequestTemplateTests
{
    private const string Base = "https://api.example/base";

    private static readonly RequestTemplate Payouts = SampleManifest.Sound().Request;
    private static readonly RequestTemplate Header = SampleManifest.Sound(("  timeout: 10s", "  headers: { X-Note: \"{note}\", X-Fixed: \"v1 {currency}\" }")).Request;

    private static readonly RequestTemplate Find = SampleManifest.Sound(
        ("method: POST", "method: GET"), ("    card: { type: string, x-sensitive: true }\n", ""), ("  timeout: 10s", "  query: { cur: \"{currency}\", fixed: 7, text: \"a {note}\" }")).Request;

    [Fact]
    public void The_rest_of_the_arguments_is_the_canonical_JSON_body()
    {
        var request = Render(Payouts, """{"amount":20.50,"account_id":"a b/ü","note":"x","labels":["l"]}""");

        request.Method.ShouldBe("POST");
        request.Uri.ShouldBe("https://api.example/base/v1/accounts/a%20b%2F%C3%BC/payouts");
        Encoding.UTF8.GetString(request.Body.AsSpan()).ShouldBe("""{"amount":20.5,"labels":["l"],"note":"x"}""");
        request.Headers.ShouldBe([new HeaderField("content-type", "application/json")]);
        request.For("stp_1").Headers.ShouldBe([new HeaderField("content-type", "application/json"), new HeaderField("idempotency-key", "stp_1")]);
    }

    [Fact]
    public void Without_a_body_GET_puts_the_rest_into_the_query_in_ordinal_order_and_leaves_absent_ones_out()
    {
        var request = Render(Find, """{"account_id":"a","amount":1e21,"labels":["x y","&"],"currency":"EUR"}""");

        request.Uri.ShouldBe("https://api.example/base/v1/accounts/a/payouts?amount=1e%2B21&cur=EUR&fixed=7&labels=x%20y&labels=%26");
        request.Body.ShouldBeEmpty();
        request.Headers.ShouldBeEmpty();
    }

    [Fact]
    public void An_explicit_body_keeps_JSON_types_and_leaves_absent_members_out()
    {
        var template = SampleManifest.Sound((
            "  timeout: 10s",
            "  body: { sum: { value: \"{amount}\", text: \"EUR {amount}\" }, kind: payout, flags: [\"{labels}\", true, null], note: \"{note}\", cur: \"{currency}\", card: \"{card}\" }")).Request;

        Encoding.UTF8.GetString(Render(template, """{"account_id":"a","amount":3,"labels":["l"]}""").Body.AsSpan())
            .ShouldBe("""{"flags":[["l"],true,null],"kind":"payout","sum":{"text":"EUR 3","value":3}}""");
    }

    [Fact]
    public void A_masked_value_renders_too() =>
        Encoding.UTF8.GetString(Render(Payouts, SampleManifest.Sound().Input.Mask(Json("""{"account_id":"a","amount":1,"card":"4111"}""")).Text).Body.AsSpan()).ShouldBe("""{"amount":1,"card":"***"}""");

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../")]
    [InlineData("../../admin")]
    [InlineData("a/../../admin")]
    [InlineData("..\\..\\admin")]
    [InlineData("%2e%2e")]
    [InlineData("%2E%2e%2fadmin")]
    [InlineData("%252e%252e")]
    [InlineData("%25252e.")]
    [InlineData("..;x=1")]
    [InlineData("..?x")]
    [InlineData("..#")]
    [InlineData("\u2024\u2024")]
    [InlineData("\u2025")]
    [InlineData("\uFF0E\uFF0E")]
    [InlineData("\u3002.")]
    [InlineData("%EF%BC%8E%EF%BC%8E")]
    [InlineData(".\u200B.")]
    [InlineData(". .")]
    [InlineData("a\uFF0F..\uFF0Fb")]
    [InlineData("\u200B")]
    [InlineData("a\r\nb")]
    [InlineData("a\u0000")]
    [InlineData("a%00")]
    [InlineData("a%0d%0aX: y")]
    [InlineData("a\u0085")]
    public void A_path_value_that_could_move_the_request_is_refused(string value) => Refusal(Payouts, Arguments(value)).Code.ShouldBe(CapabilityRefusals.NotRenderable);

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a?b=c", "a%3Fb%3Dc")]
    [InlineData("a#b", "a%23b")]
    [InlineData("a@evil.example", "a%40evil.example")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("%2f", "%252f")]
    [InlineData("//evil.example", "%2F%2Fevil.example")]
    [InlineData("https://evil.example/", "https%3A%2F%2Fevil.example%2F")]
    [InlineData("a;b,c:d", "a%3Bb%2Cc%3Ad")]
    [InlineData("...a", "...a")]
    [InlineData("~user-_.x", "~user-_.x")]
    [InlineData("é\u202Ex", "%C3%A9%E2%80%AEx")]
    public void A_path_value_stays_inside_its_segment(string value, string segment) =>
        Render(Payouts, Arguments(value)).Uri.ShouldBe($"https://api.example/base/v1/accounts/{segment}/payouts");

    [Theory]
    [InlineData("a\r\nX-Injected: 1")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\u0000b")]
    [InlineData("é")]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a\t")]
    [InlineData("a\u0085b")]
    public void A_header_value_that_is_not_visible_ASCII_is_refused(string value) =>
        Refusal(Header, new JsonObject { ["account_id"] = "a", ["amount"] = 1, ["note"] = value }.ToJsonString()).Code.ShouldBe(CapabilityRefusals.NotRenderable);

    [Fact]
    public void Headers_carry_arguments_and_are_left_out_with_them()
    {
        Render(Header, """{"account_id":"a","amount":1,"note":"be nice","currency":"EUR"}""").Headers
            .ShouldBe([new("content-type", "application/json"), new("x-fixed", "v1 EUR"), new("x-note", "be nice")]);
        Render(Header, """{"account_id":"a","amount":1}""").Headers.ShouldBe([new HeaderField("content-type", "application/json")]);
    }

    [Fact]
    public void An_address_that_is_too_long_is_refused() =>
        Refusal(Payouts, Arguments(new string('a', RequestTemplate.MaxUriLength))).Code.ShouldBe(CapabilityRefusals.NotRenderable);

    [Theory]
    [InlineData("https://API.example")]
    [InlineData("https://api.example:443")]
    [InlineData("https://api.example/a/../b")]
    [InlineData("https://api.example/%7Ea")]
    [InlineData("not a url")]
    public void A_base_URL_that_a_client_would_send_differently_is_refused(string baseUrl) =>
        Payouts.Render(baseUrl, Json(Arguments("a"))).Refusal.ShouldNotBeNull().Code.ShouldBe(CapabilityRefusals.NotRenderable);

    [Fact]
    public void A_refusal_names_the_argument_and_never_its_value()
    {
        var refusal = Refusal(Payouts, Arguments("../secret-value"));

        refusal.Reason.ShouldContain("`account_id`");
        refusal.Reason.ShouldNotContain("secret-value");
    }

    [Fact]
    public void No_text_ever_adds_a_segment_a_query_or_a_host() => Gen.OneOf(
            Gen.String[0, 30], Gen.String[Gen.Char["./\\%2eE25fF0aA;?#@:&=+ \t\r\n\u2024\u2025\uFF0E\uFF0F\u200B\u0000é"], 0, 14])
        .Where(text => !text.Any(char.IsSurrogate))
        .Sample(
            text =>
            {
                if (!Payouts.Render(Base, Json(Arguments(text))).TryGet(out var request, out _))
                {
                    return true;
                }

                var uri = new Uri(request.Uri);
                return uri.AbsoluteUri == request.Uri && uri.Host == "api.example" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
                    && uri.Segments.Length == 6 && uri.Segments[4].TrimEnd('/') == Uri.EscapeDataString(text) && Uri.UnescapeDataString(uri.Segments[4].TrimEnd('/')) == text;
            },
            iter: 50_000);

    [Fact]
    public void No_text_ever_adds_a_query_parameter() => Gen.String[Gen.Char["&=?#%+ /\\ab\r\n\u0000é;"], 0, 14].Sample(
        text =>
        {
            var uri = new Uri(Render(Find, new JsonObject { ["account_id"] = "a", ["amount"] = 1, ["note"] = text }.ToJsonString()).Uri);
            return uri.Query.Split('&').Length == 3 && uri.Query.EndsWith($"text=a%20{Uri.EscapeDataString(text)}", StringComparison.Ordinal) && uri.Fragment.Length == 0;
        },
        iter: 20_000);

    private static string Arguments(string accountId) => new JsonObject { ["account_id"] = accountId, ["amount"] = 1 }.ToJsonString();

    private static CanonicalJson Json(string text) => CanonicalJson.Parse(text).TryGet(out var json, out var refusal) ? json : throw new InvalidOperationException(refusal.Reason);

    private static UpstreamRequest Render(RequestTemplate template, string arguments) =>
        template.Render(Base, Json(arguments)).TryGet(out var request, out var refusal) ? request : throw new InvalidOperationException(refusal.Reason);

    private static Refusal Refusal(RequestTemplate template, string arguments) => template.Render(Base, Json(arguments)).Refusal.ShouldNotBeNull();
}
