using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Sessions;

public sealed class PrincipalTests
{
    [Theory]
    [InlineData("Agent@Example.com", "agent@example.com")]
    [InlineData("AGENT@EXAMPLE.COM", "agent@example.com")]
    public void TryCreate_AnotherCase_IsTheSamePrincipal(string spelled, string other) => Create(spelled).ShouldBe(Create(other));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("agent@exаmple.com")] // a Cyrillic letter
    [InlineData("agent\u0000")]
    [InlineData("agent\u202e")]
    [InlineData("ａgent")]
    public void TryCreate_WhatIsNotPlainAscii_IsRefused(string subject) =>
        Principal.TryCreate(TouchstageHost.TenantOf("acme"), "touchstage", subject, null, out _).ShouldBeFalse();

    [Fact]
    public void Key_PartsThatHoldTheSeparator_DoNotRunTogether() => Create("a/b").Key.ShouldNotBe(Create("a", "b").Key);

    private static Principal Create(string subject, string? onBehalfOf = null) =>
        Principal.TryCreate(TouchstageHost.TenantOf("acme"), "touchstage", subject, onBehalfOf, out var principal) ? principal : throw new ArgumentException("Not a principal.", nameof(subject));
}
