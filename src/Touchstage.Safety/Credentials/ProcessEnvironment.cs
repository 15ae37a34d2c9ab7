namespace Touchstage.Safety.Credentials;

/// <summary>The environment that references to secrets are read from.</summary>
/// <param name="Read">A variable's value, or null.</param>
internal sealed record ProcessEnvironment(Func<string, string?> Read)
{
    /// <summary>This process's own.</summary>
    public static ProcessEnvironment OfThisProcess { get; } = new(Environment.GetEnvironmentVariable);
}
