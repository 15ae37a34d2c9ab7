namespace Touchstage.Mcp.Tests.Conformance;

/// <summary>A theory that needs the conformance suite and its Node; without them it is skipped, and says what adds them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConformanceTheoryAttribute : TheoryAttribute
{
    public ConformanceTheoryAttribute() => Skip = ConformanceSuite.Missing;
}
