using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Storage;
using Touchstage.Safety.Tenants;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

public sealed class StoreFileTests
{
    [Fact]
    public void The_migrations_spell_the_model_as_it_is()
    {
        using var context = new StoreContext(StoreFile.OptionsFor(":memory:"));
        context.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_is_written_ahead_fully_synchronised_and_its_owners_alone()
    {
        await using var store = await WithAcmeAsync();
        using var file = new StoreFile(StoreLocation.AtPath(store.File));
        await using var context = await file.ConnectAsync(default);

        (await context.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()).ShouldBe("wal");
        (await context.Database.SqlQueryRaw<long>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync()).ShouldBe(2);
        (await context.Database.SqlQueryRaw<long>("SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync()).ShouldBe(1);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(store.File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Every_column_is_integer_text_or_blob_so_no_amount_is_ever_a_binary_fraction()
    {
        await using var store = await WithAcmeAsync();
        ((long)(await store.LookAsync(
            "SELECT COUNT(*) FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' AND c.type NOT IN ('INTEGER', 'TEXT', 'BLOB') AND t.name NOT LIKE 'sqlite_%'"))!)
            .ShouldBe(0);
    }

    [Fact]
    public async Task Many_processes_that_start_on_one_new_file_take_turns()
    {
        await using var store = new StoreFixture();
        var started = Enumerable.Range(0, 8).Select(_ => store.Open()).Select(rooms => Task.Run(() => rooms.Get<ITenantStore>().ListAsync(default)));

        (await Task.WhenAll(started)).ShouldAllBe(tenants => tenants.Count == 0);
        await using var model = new StoreContext(StoreFile.OptionsFor(store.File));
        var known = model.Database.GetMigrations().LongCount();
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM __EFMigrationsHistory"))!).ShouldBe(known);
    }

    [Fact]
    public async Task A_newer_database_is_refused()
    {
        await using var store = await WithAcmeAsync();
        await store.CloseAsync();
        await store.TamperAsync("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '99.0')");

        (await FaultAsync(store)).Code.ShouldBe(StoreException.Newer);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        await using var store = new StoreFixture();
        var text = string.Concat(Enumerable.Repeat("not a database; ", 100));
        await File.WriteAllTextAsync(store.File, text);

        (await FaultAsync(store)).Code.ShouldBe(StoreException.Corrupt);
        (await File.ReadAllTextAsync(store.File)).ShouldBe(text);
    }

    [Fact]
    public async Task Another_programs_database_is_refused()
    {
        await using var store = new StoreFixture();
        await store.TamperAsync("CREATE TABLE somebody_elses (id INTEGER)");

        (await FaultAsync(store)).Code.ShouldBe(StoreException.Corrupt);
        ((long)(await store.LookAsync("SELECT COUNT(*) FROM sqlite_master"))!).ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_refused()
    {
        await using var store = new StoreFixture();
        await File.WriteAllTextAsync(store.File, "a file where a folder should be");
        using var file = new StoreFile(StoreLocation.AtPath(Path.Combine(store.File, "inner", "store.db")));

        (await Should.ThrowAsync<StoreException>(() => file.ConnectAsync(default))).Code.ShouldBe(StoreException.Unwritable);
    }

    [Theory]
    [InlineData(5, StoreException.Locked)]
    [InlineData(8, StoreException.Unwritable)]
    [InlineData(10, StoreException.Unwritable)]
    [InlineData(13, StoreException.Unwritable)]
    [InlineData(14, StoreException.Unwritable)]
    [InlineData(11, StoreException.Corrupt)]
    [InlineData(26, StoreException.Corrupt)]
    public void An_engine_fault_becomes_one_with_a_code(int result, string code)
    {
        var fault = new DbUpdateException("outer", new SqliteException("inner", result));
        StoreFaults.IsOfEngine(fault).ShouldBeTrue();
        StoreFaults.Translate(fault, "store.db").Code.ShouldBe(code);
    }

    [Fact]
    public void A_broken_constraint_is_the_commands_own_fault() => StoreFaults.IsOfEngine(new DbUpdateException("outer", new SqliteException("inner", 19))).ShouldBeFalse();

    [Theory]
    [InlineData("sqlite:data/store.db", true)]
    [InlineData("sqlite:", false)]
    [InlineData("sqlite::memory:", false)]
    [InlineData("SQLITE:store.db", false)]
    [InlineData("postgres:host=db", false)]
    [InlineData("store.db", false)]
    [InlineData(null, false)]
    public void Parse_OnlyAFileOfSqlite_IsALocation(string? text, bool good)
    {
        StoreLocation.Parse(text).TryGet(out var location, out var refusal).ShouldBe(good);
        location?.Path.ShouldBe(Path.GetFullPath("data/store.db"));
        refusal?.Code.ShouldBe(StorageRefusals.InvalidLocation);
    }

    private static Task<StoreException> FaultAsync(StoreFixture store) => Should.ThrowAsync<StoreException>(() => store.Open().Get<ITenantStore>().ListAsync(default));
}
