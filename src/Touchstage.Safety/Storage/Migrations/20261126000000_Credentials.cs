using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Touchstage.Safety.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Credentials : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "DeletedAt",
                table: "tenants",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PublishedUntil",
                table: "signing_keys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SignsFrom",
                table: "signing_keys",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "access_tokens",
                columns: table => new
                {
                    Tenant = table.Column<string>(type: "TEXT", nullable: false),
                    Connection = table.Column<string>(type: "TEXT", nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", nullable: false),
                    AccessBox = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RefreshBox = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Holder = table.Column<string>(type: "TEXT", nullable: true),
                    HeldUntil = table.Column<long>(type: "INTEGER", nullable: false),
                    Failure = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_tokens", x => new { x.Tenant, x.Connection });
                    table.ForeignKey(
                        name: "FK_access_tokens_tenants_Tenant",
                        column: x => x.Tenant,
                        principalTable: "tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "introspection_clients",
                columns: table => new
                {
                    ClientId = table.Column<string>(type: "TEXT", nullable: false),
                    Tenant = table.Column<string>(type: "TEXT", nullable: false),
                    Connection = table.Column<string>(type: "TEXT", nullable: false),
                    SecretHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_introspection_clients", x => x.ClientId);
                    table.ForeignKey(
                        name: "FK_introspection_clients_tenants_Tenant",
                        column: x => x.Tenant,
                        principalTable: "tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "protection_keys",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Xml = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_protection_keys", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "tenant_keys",
                columns: table => new
                {
                    Tenant = table.Column<string>(type: "TEXT", nullable: false),
                    Generation = table.Column<int>(type: "INTEGER", nullable: false),
                    Wrapped = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenant_keys", x => new { x.Tenant, x.Generation });
                    table.ForeignKey(
                        name: "FK_tenant_keys_tenants_Tenant",
                        column: x => x.Tenant,
                        principalTable: "tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_introspection_clients_Tenant_Connection",
                table: "introspection_clients",
                columns: new[] { "Tenant", "Connection" });

            // A tenant's one data key becomes its first generation; a key signs from when it was made.
            migrationBuilder.Sql(
                """INSERT INTO tenant_keys ("Tenant", "Generation", "Wrapped", "CreatedAt") SELECT "Id", 1, "WrappedKey", "AppliedAt" FROM tenants WHERE "WrappedKey" IS NOT NULL;""");
            migrationBuilder.Sql("""ALTER TABLE tenants DROP COLUMN "WrappedKey";""");
            migrationBuilder.Sql("""UPDATE signing_keys SET "SignsFrom" = "CreatedAt";""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_tokens");

            migrationBuilder.DropTable(
                name: "introspection_clients");

            migrationBuilder.DropTable(
                name: "protection_keys");

            migrationBuilder.DropTable(
                name: "tenant_keys");

            migrationBuilder.DropColumn(
                name: "DeletedAt",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "PublishedUntil",
                table: "signing_keys");

            migrationBuilder.DropColumn(
                name: "SignsFrom",
                table: "signing_keys");

            migrationBuilder.AddColumn<byte[]>(
                name: "WrappedKey",
                table: "tenants",
                type: "BLOB",
                nullable: true);
        }
    }
}
