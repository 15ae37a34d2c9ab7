using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Storefront.Api.Data;
using Storefront.Api.Journal;
using Touchstage.StepTokens.AspNetCore;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Storefront.Api.Endpoints;

/// <summary>Runs one change: effect, remembered answer and journal entry commit together or not at all.</summary>
internal sealed class Change(AccountData data, JournalWriter journal, IHttpContextAccessor http, IOptions<JsonOptions> json)
{
    private const string KeyHeader = "Idempotency-Key";

    /// <summary>The request's idempotency key, if it has one.</summary>
    public string? Key { get; } = http.HttpContext!.Request.Headers[KeyHeader] is [{ Length: > 0 } key] ? key : null;

    public async Task<IResult> RunAsync(Func<Task<Effect>> change)
    {
        var context = http.HttpContext!;
        // A transaction takes SQLite's one write lock when it begins, so two requests with one key run one after the other.
        await using var transaction = await data.Db.Database.BeginTransactionAsync();
        var request = Fingerprint(context);
        if (Key is not null && await EarlierAsync() is { } earlier)
        {
            if (earlier.Request != request)
            {
                return Problem.Conflict($"This {KeyHeader} was used for another request.");
            }

            journal.Add(context, earlier.Status, "the answer of an earlier request with this key was repeated; nothing was done");
            return await CommitAsync(earlier.Status, earlier.Json);
        }

        var effect = await change();
        if (effect.Problem is { } problem)
        {
            return problem;
        }

        var answer = JsonSerializer.Serialize(effect.Answer, json.Value.SerializerOptions);
        if (Key is not null)
        {
            data.Db.Add(new IdempotentAnswer { Account = data.Account.Name, Key = Key, Request = request, Status = effect.Status, Json = answer });
        }

        journal.Add(context, effect.Status, effect.Sentence);
        return await CommitAsync(effect.Status, answer);

        async Task<IResult> CommitAsync(int status, string body)
        {
            await data.Db.SaveChangesAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            return Results.Text(body, "application/json", Encoding.UTF8, status);
        }
    }

    private Task<IdempotentAnswer?> EarlierAsync() =>
        data.Db.Set<IdempotentAnswer>().SingleOrDefaultAsync(row => row.Account == data.Account.Name && row.Key == Key);

    private static string Fingerprint(HttpContext context)
    {
        var token = context.GetStepToken()!;
        return Convert.ToHexString(SHA256.HashData(
            Encoding.UTF8.GetBytes($"{token.Scope}\n{context.Request.Path}\n{token.Context.Binding.BodyDigest}")));
    }
}
