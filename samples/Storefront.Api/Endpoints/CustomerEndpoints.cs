using Storefront.Api.Data;
using Touchstage.StepTokens.AspNetCore;

namespace Storefront.Api.Endpoints;

/// <summary>Customers: read one, change name or address.</summary>
internal static class CustomerEndpoints
{
    public static void MapCustomers(this RouteGroupBuilder api)
    {
        api.MapGet("/customers/{customer_id}", GetAsync).RequireCapability("get_customer");
        api.MapPatch("/customers/{customer_id}", UpdateAsync).RequireCapability("update_customer");
    }

    public static object Shown(Customer customer) => new { customer.Id, customer.Name, customer.Email, customer.EmailVerified };

    private static async Task<IResult> GetAsync(AccountData data, string customer_id) =>
        await data.FindAsync<Customer>(customer_id) is { } customer ? Results.Ok(Shown(customer)) : Problem.NotFound("customer");

    private static Task<IResult> UpdateAsync(AccountData data, Change change, string customer_id, CustomerRequest body) => change.RunAsync(async () =>
    {
        if (await data.FindAsync<Customer>(customer_id) is not { } customer)
        {
            return Effect.None(Problem.NotFound("customer"));
        }

        if (body is { Name: null, Email: null } || body.Name is "" || (body.Email is { } email && !email.Contains('@', StringComparison.Ordinal)))
        {
            return Effect.None(Problem.Invalid("Give a name, an e-mail address, or both."));
        }

        customer.Name = body.Name ?? customer.Name;
        if (body.Email is not null && body.Email != customer.Email)
        {
            customer.Email = body.Email;
            customer.EmailVerified = false;
        }

        return Effect.Done(StatusCodes.Status200OK, Shown(customer), $"changed customer {customer.Id}");
    });

    /// <summary>The content of a change; what is left out stays.</summary>
    internal sealed record CustomerRequest(string? Name = null, string? Email = null);
}
