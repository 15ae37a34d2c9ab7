namespace Touchstage.Mcp.Tests.Imports;

/// <summary>A theory over OpenAPI documents from npm packages; without them it is skipped, and says what adds them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealDocumentTheoryAttribute : TheoryAttribute
{
    public RealDocumentTheoryAttribute() => Skip = RealDocument.Missing;
}
