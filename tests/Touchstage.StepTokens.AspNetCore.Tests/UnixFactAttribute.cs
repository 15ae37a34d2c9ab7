namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>A test that needs what only Unix has: a limit on the size of a process's files.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Needs the shell's ulimit, which Windows does not have.";
        }
    }
}
