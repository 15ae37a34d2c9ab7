using Touchstage.Safety.Credentials;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Credentials;

public sealed class WebhookSecretTests
{
    private const string Key = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    [Theory]
    [InlineData(Key, 24)]
    [InlineData(Key + "\n", 24)]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGA==", 25)]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGA", 25)]
    public void TryRead_SigningKey_IsItsBytes(string given, int bytes)
    {
        WebhookSecret.TryRead(Standard(), given, out var secret, out _).ShouldBeTrue();
        secret.RevealKey().ToArray().ShouldBe([.. Enumerable.Range(0, bytes).Select(i => (byte)i)]);
    }

    [Fact]
    public void TryRead_KeyOf64Bytes_IsTheLongest()
    {
        WebhookSecret.TryRead(Standard(), $"whsec_{Convert.ToBase64String(new byte[64])}", out _, out _).ShouldBeTrue();
        WebhookSecret.TryRead(Standard(), $"whsec_{Convert.ToBase64String(new byte[65])}", out _, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYX")]
    [InlineData("whsec_")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY")]
    [InlineData("whsec_AAECAwQF gcICQoLDA0ODxAREhMUFRYX")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX!")]
    [InlineData("whsec_AAECAwQF_gcICQoLDA0ODxAREhMUFRYX")]
    public void TryRead_WhatIsNoSigningKey_IsRefusedWithoutAnEcho(string given)
    {
        WebhookSecret.TryRead(Standard(), given, out var secret, out var problem).ShouldBeFalse();
        secret.ShouldBeNull();
        if (given.Length > 10)
        {
            problem.ShouldNotContain(given[6..]);
        }
    }

    [Theory]
    [InlineData("https://hooks.slack.example/services/T0/B0/abcdef", true)]
    [InlineData("https://hooks.slack.example/services/T0/B0/abcdef?token=1", true)]
    [InlineData("https://hooks.slack.example/services", false)]
    [InlineData("https://hooks.slack.example/services/", false)]
    [InlineData("https://hooks.slack.example/servicesX/T0", false)]
    [InlineData("https://hooks.slack.example/services/../other/T0", false)]
    [InlineData("https://hooks.slack.example/services/%2e%2e/other/T0", false)]
    [InlineData("https://hooks.slack.example.evil.example/services/T0", false)]
    [InlineData("https://hooks.slack.example@evil.example/services/T0", false)]
    [InlineData("http://hooks.slack.example/services/T0/B0/abcdef", false)]
    [InlineData("https://evil.example/services/T0/B0/abcdef", false)]
    [InlineData(Key, false)]
    public void TryRead_ChatAddress_MustLieUnderWhatTheManifestPins(string given, bool expected)
    {
        WebhookSecret.TryRead(Chat(), given, out var secret, out var problem).ShouldBe(expected);
        secret?.Reveal().ShouldBe(given);
        secret?.RevealKey().IsEmpty.ShouldBeTrue();
        (problem ?? "").ShouldNotContain("abcdef");
    }

    [Fact]
    public void Printed_ShowsNothing()
    {
        WebhookSecret.TryRead(Standard(), Key, out var secret, out _).ShouldBeTrue();
        $"{secret}".ShouldBe("***");
        System.Text.Json.JsonSerializer.Serialize(secret).ShouldBe("{}");
    }

    private static Webhook Standard() => new("ops", "https://hooks.example", false, Webhook.Standard, WebhookEvents.Usual, []);

    private static Webhook Chat() => new("chat", "https://hooks.slack.example/services/", false, Webhook.Slack, WebhookEvents.Usual, []);
}
