namespace Touchstage.StepTokens.Tests;

public sealed class StepSubjectTests
{
    [Theory]
    [InlineData("acme", "local", "ada")]
    [InlineData("a/b", "https://id.example/?x=1", "Ärger %2F")]
    public void ToString_Reads_back_to_the_same_parts(string tenant, string issuer, string subject)
    {
        StepSubject.TryParse(new StepSubject(tenant, issuer, subject).ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(new StepSubject(tenant, issuer, subject));
    }

    [Theory]
    [InlineData("acme/local")]
    [InlineData("acme/local/ada/x")]
    [InlineData("acme//ada")]
    [InlineData("acme/local/%61da")]
    [InlineData("acme/https%3a%2f%2fid.example/ada")]
    [InlineData("acme/local/a b")]
    public void TryParse_Another_spelling_is_refused(string text) => StepSubject.TryParse(text, out _).ShouldBeFalse();
}
