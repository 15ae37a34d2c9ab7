namespace Touchstage.Acceptance.Tests.Verifiers;

/// <summary>A fact that needs somebody else's software; without it it is skipped, and says what adds it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VerifierFactAttribute : FactAttribute
{
    public VerifierFactAttribute(string verifier) => Skip = VerifierParts.Missing(verifier);
}
