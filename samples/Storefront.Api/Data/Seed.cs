using Storefront.Api.Accounts;

namespace Storefront.Api.Data;

/// <summary>The same first data for every account, at its first start. Ids repeat between accounts on purpose.</summary>
internal static class Seed
{
    public static void Apply(StorefrontDb db, IEnumerable<Account> accounts)
    {
        db.Database.EnsureCreated();
        foreach (var account in accounts)
        {
            if (!db.Set<Customer>().Any(row => row.Account == account.Name))
            {
                Add(db, account.Name);
            }
        }

        db.SaveChanges();
    }

    private static void Add(StorefrontDb db, string account)
    {
        db.AddRange(
            Customer(account, "cus_1", "Ada Winter", "ada", verified: true),
            Customer(account, "cus_2", "Ben Okoro", "ben", verified: false),
            Customer(account, "cus_3", "Chloe Martin", "chloe", verified: true));
        db.AddRange(
            Payment(account, "pay_1001", "cus_1", 2000),
            Payment(account, "pay_1002", "cus_1", 3550),
            Payment(account, "pay_1003", "cus_2", 2000),
            Payment(account, "pay_1004", "cus_3", 12000),
            Payment(account, "pay_1005", "cus_3", 240000),
            Payment(account, "pay_1006", "cus_2", 12000));
        db.AddRange(Project(account, "prj_1", "Website"), Project(account, "prj_2", "Mobile app"), Project(account, "prj_3", "Old campaign"));
    }

    private static Customer Customer(string account, string id, string name, string mailbox, bool verified) =>
        new() { Account = account, Id = id, Name = name, Email = $"{mailbox}@{account}.example", EmailVerified = verified };

    private static Payment Payment(string account, string id, string customer, long cents) =>
        new() { Account = account, Id = id, CustomerId = customer, AmountCents = cents, Currency = "EUR" };

    private static Project Project(string account, string id, string name) => new() { Account = account, Id = id, Name = name };
}
