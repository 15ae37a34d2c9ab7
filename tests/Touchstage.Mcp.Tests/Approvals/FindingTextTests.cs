using System.Text.Json;
using Touchstage.Mcp.Approvals;

namespace Touchstage.Mcp.Tests.Approvals;

public sealed class FindingTextTests
{
    [Fact]
    public void Of_ARuleThatIsOnlyWatched_SaysSo_AndWhatItWouldHaveDone() => FindingText.Of(JsonElement.Parse("""
        [
          { "rule": "review[1]", "effect": "review", "condition": "args.amount > 10.0", "outcome": "true", "mode": "shadow", "would_have": "asked a person", "reads": { "args.amount": 20 } },
          { "rule": "forbid[2]", "effect": "forbid", "condition": "args.amount > 90.0", "outcome": "false", "mode": "shadow", "reads": {} },
          { "rule": "allow[0]", "effect": "allow", "condition": "facts.owner.verified", "outcome": "true", "age_seconds": { "owner": 41 }, "reads": {} }
        ]
        """)).ShouldBe(
    [
        "shadow review rule review[1] was true: args.amount > 10.0",
        "  it is only watched and decided nothing; it would have asked a person",
        "  args.amount = 20",
        "shadow forbid rule forbid[2] was false: args.amount > 90.0",
        "  it is only watched and decided nothing",
        "allow rule allow[0] was true: facts.owner.verified",
        "  the fact owner was looked up 41 s before",
    ]);
}
