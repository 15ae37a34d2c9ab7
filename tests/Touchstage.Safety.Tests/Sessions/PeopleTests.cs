using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Sessions;

public sealed class PeopleTests
{
    [Theory]
    [InlineData("ada", null, null, "ada", null, null, true)]
    [InlineData("bot", "ada", null, "ada", null, null, true)]
    [InlineData("ada", null, null, "bot", "ada", null, true)]
    [InlineData("bot", "ada", null, "bot", "ben", null, true)]
    [InlineData("bot", null, "ada", "ada", null, null, true)]
    [InlineData("bot", null, "ada", "248289761001", null, "ada", true)]
    [InlineData("ada", null, null, "ben", null, null, false)]
    [InlineData("bot", null, "ada", "ben", null, "ben", false)]
    public void Overlap_SubjectOnBehalfOfOrLinkedPerson_IsOnePerson(string one, string? oneFor, string? onePerson, string other, string? otherFor, string? otherPerson, bool expected)
    {
        Behind(one, oneFor, onePerson).Overlap(Behind(other, otherFor, otherPerson)).ShouldBe(expected);
        Behind(other, otherFor, otherPerson).Overlap(Behind(one, oneFor, onePerson)).ShouldBe(expected);
    }

    [Fact]
    public void Overlap_OtherIssuersVouchingForOneName_IsOnePerson() => Behind("ada").Overlap(Behind("ada", issuer: "https://login.example")).ShouldBeTrue();

    [Fact]
    public void Count_WhoeverCouldBeOnePerson_CountsOnce()
    {
        People.Count([]).ShouldBe(0);
        People.Count([Behind("ada"), Behind("ben"), Behind("ada", issuer: "https://login.example")]).ShouldBe(2);
        People.Count([Behind("ada"), Behind("ben"), Behind("cy", "ada", "ben")]).ShouldBe(1);
    }

    private static People Behind(string subject, string? onBehalfOf = null, string? person = null, string issuer = "touchstage") =>
        Principal.TryCreate(TouchstageHost.TenantOf("acme"), issuer, subject, onBehalfOf, out var principal)
            ? People.Behind(principal, person)
            : throw new ArgumentException("Not a principal.", nameof(subject));
}
