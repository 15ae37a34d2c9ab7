namespace Touchstage.Mcp.Tests.Conformance;

/// <summary>One check of the suite.</summary>
/// <param name="Scenario">The scenario that it is of.</param>
/// <param name="Id">The check.</param>
/// <param name="Status"><c>SUCCESS</c>, <c>FAILURE</c>, <c>WARNING</c>, <c>INFO</c> or <c>SKIPPED</c>.</param>
/// <param name="Problem">What is wrong, or null.</param>
internal sealed record SuiteCheck(string Scenario, string Id, string Status, string? Problem);
