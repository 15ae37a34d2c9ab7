using Storefront.Api.Data;
using Touchstage.StepTokens.AspNetCore;

namespace Storefront.Api.Endpoints;

/// <summary>Receipts: sent to the customer's own address.</summary>
internal static class ReceiptEndpoints
{
    public static void MapReceipts(this RouteGroupBuilder api) =>
        api.MapPost("/payments/{payment_id}/receipts", SendAsync).RequireCapability("send_receipt");

    private static Task<IResult> SendAsync(AccountData data, Change change, string payment_id, ReceiptRequest? body) => change.RunAsync(async () =>
    {
        if (await data.FindAsync<Payment>(payment_id) is not { } payment || await data.FindAsync<Customer>(payment.CustomerId) is not { } customer)
        {
            return Effect.None(Problem.NotFound("payment"));
        }

        var receipt = new Receipt
        {
            Account = data.Account.Name,
            Id = await data.NextIdAsync<Receipt>("rcp"),
            PaymentId = payment.Id,
            SentTo = customer.Email,
        };
        data.Db.Add(receipt);
        return Effect.Done(
            StatusCodes.Status201Created,
            new { receipt.Id, receipt.PaymentId, receipt.SentTo, body?.Note },
            $"sent receipt {receipt.Id} of {payment.Id} to {receipt.SentTo}");
    });

    /// <summary>The content of a receipt request; it may be left out.</summary>
    internal sealed record ReceiptRequest(string? Note = null);
}
