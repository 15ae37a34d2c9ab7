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

    [Theory]
    [InlineData("ada", null, "ada", null, true)]
    [InlineData("bot", "ada", "ada", null, true)]
    [InlineData("ada", null, "bot", "ada", true)]
    [InlineData("bot", "ada", "bot", "ben", true)]
    [InlineData("ada", null, "ben", null, false)]
    public void SharesAPersonWith_SubjectOrOnBehalfOf_CountsAsOnePerson(string one, string? oneFor, string other, string? otherFor, bool expected) =>
        Create(one, oneFor).SharesAPersonWith(Create(other, otherFor)).ShouldBe(expected);

    private static Principal Create(string subject, string? onBehalfOf = null) =>
        Principal.TryCreate(TouchstageHost.TenantOf("acme"), "touchstage", subject, onBehalfOf, out var principal) ? principal : throw new ArgumentException("Not a principal.", nameof(subject));
}
