using Microsoft.EntityFrameworkCore;
using Storefront.Api.Data;
using Touchstage.StepTokens.AspNetCore;

namespace Storefront.Api.Endpoints;

/// <summary>Projects: create, list, look at, delete.</summary>
internal static class ProjectEndpoints
{
    private const int LongestName = 100;

    public static void MapProjects(this RouteGroupBuilder api)
    {
        api.MapPost("/projects", CreateAsync).RequireCapability("create_project");
        api.MapGet("/projects", ListAsync).RequireCapability("list_projects");
        api.MapGet("/projects/{project_id}", GetAsync).RequireCapability("fact:delete_project.project");
        api.MapDelete("/projects/{project_id}", DeleteAsync).RequireCapability("delete_project");
    }

    private static Task<IResult> CreateAsync(AccountData data, Change change, ProjectRequest body) => change.RunAsync(async () =>
    {
        if (string.IsNullOrWhiteSpace(body.Name) || body.Name.Length > LongestName)
        {
            return Effect.None(Problem.Invalid($"name is 1 to {LongestName} characters."));
        }

        var project = new Project { Account = data.Account.Name, Id = await data.NextIdAsync<Project>("prj"), Name = body.Name };
        data.Db.Add(project);
        return Effect.Done(StatusCodes.Status201Created, Shown(project), $"created project {project.Id}");
    });

    private static async Task<IResult> ListAsync(AccountData data)
    {
        var rows = await data.All<Project>().Where(row => !row.Deleted).OrderBy(row => row.Id.Length).ThenBy(row => row.Id).ToListAsync();
        return Results.Ok(new { projects = rows.Select(Shown) });
    }

    private static async Task<IResult> GetAsync(AccountData data, string project_id) =>
        await data.FindAsync<Project>(project_id) is { Deleted: false } project ? Results.Ok(Shown(project)) : Problem.NotFound("project");

    private static Task<IResult> DeleteAsync(AccountData data, Change change, string project_id) => change.RunAsync(async () =>
    {
        if (await data.FindAsync<Project>(project_id) is not { Deleted: false } project)
        {
            return Effect.None(Problem.NotFound("project"));
        }

        project.Deleted = true;
        return Effect.Done(StatusCodes.Status200OK, new { Deleted = true, project.Id }, $"deleted project {project.Id}");
    });

    private static object Shown(Project project) => new { project.Id, project.Name };

    /// <summary>The content of a new project.</summary>
    internal sealed record ProjectRequest(string Name);
}
