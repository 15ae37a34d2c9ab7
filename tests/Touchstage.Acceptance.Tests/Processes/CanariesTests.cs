using System.Text;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>The search for secrets finds what it is there for.</summary>
public sealed class CanariesTests
{
    [Theory]
    [InlineData("log: sk_test_known_1234567890")]
    [InlineData("c2tfdGVzdF9rbm93bl8xMjM0NTY3ODkw")]
    [InlineData("key ts_agent_AAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("client_secret  ics_AAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Txn-Token: eyJhbGciOiJFUzI1NiIs.eyJpc3Mi.x")]
    public void A_secret_is_found_in_whatever_form(string content)
    {
        var canaries = new Canaries();
        canaries.Add("sk_test_known_1234567890");

        var found = canaries.FoundIn([("a place", Encoding.UTF8.GetBytes(content))]);

        found.ShouldHaveSingleItem().ShouldStartWith("a place: ");
    }

    [Theory]
    [InlineData("stp_1 said ts_agent_… and eyJ")]
    [InlineData("a vote: eyJ0eXAiOiJ0b3VjaHN0YWdlLXZvdGUrand0IiwiYWxnIjoiRVMyNTYifQ.eyJhcHByb3ZhbCI6ImFwcl8xIiwiaXNzIjoidCJ9.c2lnbmF0dXJl")]
    public void Harmless_text_is_not(string content) => new Canaries().FoundIn([("a place", Encoding.UTF8.GetBytes(content))]).ShouldBeEmpty();
}
