namespace Touchstage.Acceptance.Tests.BadInput;

/// <summary>What every message to a person has in common.</summary>
internal static class Plain
{
    /// <summary>The run ended with this code and a message, on standard error, without anything of the inside.</summary>
    public static void ShouldEndWith(this Finished run, int exitCode, params string[] said)
    {
        run.ExitCode.ShouldBe(exitCode, run.Output + run.Error);
        run.Error.ShouldNotBeNullOrWhiteSpace();
        foreach (var part in said)
        {
            run.Error.ShouldContain(part, Case.Sensitive);
        }

        ShouldTellNothingOfTheInside(run.Output + run.Error);
    }

    /// <summary>No stack trace, no type of the inside.</summary>
    public static void ShouldTellNothingOfTheInside(string text)
    {
        text.ShouldNotContain("   at ", Case.Sensitive);
        text.ShouldNotContain("Exception", Case.Sensitive);
        text.ShouldNotContain("System.", Case.Sensitive);
        text.ShouldNotContain("Touchstage.Safety", Case.Sensitive);
    }
}
