using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Mcp.CommandLine;

/// <summary>What is wrong with manifests, for machines.</summary>
internal static class ProblemSheet
{
    /// <summary><c>[{ file, line, column, path, message, fix }]</c>.</summary>
    public static JsonArray Json(IEnumerable<ManifestProblem> problems) => new([.. problems.Select(problem => (JsonNode)new JsonObject
    {
        ["file"] = problem.File,
        ["line"] = problem.Line,
        ["column"] = problem.Column,
        ["path"] = problem.Path,
        ["message"] = problem.Message,
        ["fix"] = problem.Fix,
    })]);
}
