using Microsoft.EntityFrameworkCore;
using Storefront.Api.Data;
using Touchstage.StepTokens.AspNetCore;

namespace Storefront.Api.Endpoints;

/// <summary>Team invites.</summary>
internal static class InviteEndpoints
{
    private static readonly string[] Roles = ["viewer", "member", "admin"];

    public static void MapInvites(this RouteGroupBuilder api)
    {
        api.MapPost("/invites", CreateAsync).RequireCapability("invite_member");
        api.MapGet("/invites", ListAsync).RequireCapability("list_invites");
    }

    private static Task<IResult> CreateAsync(AccountData data, Change change, InviteRequest body) => change.RunAsync(async () =>
    {
        if (!body.Email.Contains('@', StringComparison.Ordinal) || !Roles.Contains(body.Role, StringComparer.Ordinal))
        {
            return Effect.None(Problem.Invalid($"email is an e-mail address; role is one of {string.Join(", ", Roles)}."));
        }

        var invite = new Invite { Account = data.Account.Name, Id = await data.NextIdAsync<Invite>("inv"), Email = body.Email, Role = body.Role };
        data.Db.Add(invite);
        return Effect.Done(StatusCodes.Status201Created, Shown(invite), $"invited {invite.Email} as {invite.Role} ({invite.Id})");
    });

    private static async Task<IResult> ListAsync(AccountData data)
    {
        var rows = await data.All<Invite>().OrderBy(row => row.Id.Length).ThenBy(row => row.Id).ToListAsync();
        return Results.Ok(new { invites = rows.Select(Shown) });
    }

    private static object Shown(Invite invite) => new { invite.Id, invite.Email, invite.Role, Status = "pending" };

    /// <summary>The content of an invitation.</summary>
    internal sealed record InviteRequest(string Email, string Role);
}
