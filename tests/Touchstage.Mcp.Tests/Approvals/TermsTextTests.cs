using System.Text.Json;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Tests.Approvals;

public sealed class TermsTextTests
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    [Theory]
    [InlineData("code", "any door", true)]
    [InlineData("form", "a form or the inbox only", false)]
    [InlineData("inbox", "the inbox only", false)]
    [InlineData("something new", "the inbox only", false)]
    public void Of_Door_IsNamed_AndOneThatIsNotKnownIsClosedHere(string confirm, string expected, bool isOpen)
    {
        TermsText.Of(Case(confirm)).First().ShouldContain(expected);
        DoorText.IsOpenToCommandLine(Case(confirm)).ShouldBe(isOpen);
    }

    [Fact]
    public void Of_Case_TellsWhatMayBeChanged_WhoIsOnIt_WhoComesInLater_AndThatSomethingIsMasked()
    {
        var shown = Case("code") with
        {
            Form = JsonElement.Parse("""{"type":"object","properties":{"amount":{},"note":{}}}"""),
            ClaimedBy = "acme/touchstage/joe",
            HasSensitive = true,
            Escalations = [new(new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero), ["finance", "board"])],
        };

        TermsText.Of(shown).Skip(1).ShouldBe(
        [
            "may be changed: amount, note",
            "acme/touchstage/joe is on it",
            "from 2026-03-01T14:00:00Z on also decided by finance or board",
            "some values are masked; whoever reveals them is recorded",
        ]);
    }

    private static ApprovalCaseView Case(string confirm) =>
        new("bob", "claude", "billing", Empty, Empty, [], Empty, Narrative.None, [], [], ["support"], 1, Empty, confirm, false, [], null, []);
}
