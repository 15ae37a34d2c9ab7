using System.Text;
using StandardWebhooks;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    // The test vector of the specification's own libraries.
    [Fact]
    public void Of_ThePublishedVector_IsThePublishedSignature() =>
        WebhookSignature.Of(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"u8)
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Theory]
    [InlineData("whm_1", "{}")]
    [InlineData("whm_2", "{\"summary\":\"Rückzahlung – 退款\"}")]
    [InlineData("whm_3", "")]
    public void Of_Anything_IsWhatAnotherImplementationSigns(string id, string body)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(1_772_366_400);

        WebhookSignature.Of(Convert.FromBase64String(HookRoom.Key[6..]), id, time.ToUnixTimeSeconds(), Encoding.UTF8.GetBytes(body)).ShouldBe(new StandardWebhook(HookRoom.Key).Sign(id, time, body));
    }
}
