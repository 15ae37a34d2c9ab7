using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Touchstage.Safety.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Statement",
                table: "votes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Tag",
                table: "votes",
                type: "TEXT",
                nullable: false,
                defaultValue: "None");

            migrationBuilder.AddColumn<string>(
                name: "VoterPerson",
                table: "votes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ManifestDigest",
                table: "steps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "VerifyAt",
                table: "steps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "VerifyTries",
                table: "steps",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Person",
                table: "sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ActionDigest",
                table: "revisions",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ModifierIssuer",
                table: "revisions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ModifierNote",
                table: "revisions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ModifierOnBehalfOf",
                table: "revisions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ModifierPerson",
                table: "revisions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ModifierSession",
                table: "revisions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ModifierSubject",
                table: "revisions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Origin",
                table: "revisions",
                type: "TEXT",
                nullable: false,
                defaultValue: "Proposed");

            migrationBuilder.AddColumn<string>(
                name: "ClosingTag",
                table: "approvals",
                type: "TEXT",
                nullable: false,
                defaultValue: "None");

            migrationBuilder.AddColumn<string>(
                name: "Confirm",
                table: "approvals",
                type: "TEXT",
                nullable: false,
                defaultValue: "code");

            migrationBuilder.AddColumn<long>(
                name: "EscalatesAt",
                table: "approvals",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Escalations",
                table: "approvals",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "RequesterPerson",
                table: "approvals",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "approval_notes",
                columns: table => new
                {
                    Tenant = table.Column<string>(type: "TEXT", nullable: false),
                    ApprovalId = table.Column<string>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    AuthorIssuer = table.Column<string>(type: "TEXT", nullable: false),
                    AuthorSubject = table.Column<string>(type: "TEXT", nullable: false),
                    AuthorOnBehalfOf = table.Column<string>(type: "TEXT", nullable: true),
                    AuthorPerson = table.Column<string>(type: "TEXT", nullable: true),
                    SessionId = table.Column<string>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_approval_notes", x => new { x.Tenant, x.ApprovalId, x.Number });
                    table.ForeignKey(
                        name: "FK_approval_notes_approvals_Tenant_ApprovalId",
                        columns: x => new { x.Tenant, x.ApprovalId },
                        principalTable: "approvals",
                        principalColumns: new[] { "Tenant", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "approval_roles",
                columns: table => new
                {
                    Tenant = table.Column<string>(type: "TEXT", nullable: false),
                    Role = table.Column<string>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ApprovalId = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_approval_roles", x => new { x.Tenant, x.Role, x.ExpiresAt, x.ApprovalId });
                    table.ForeignKey(
                        name: "FK_approval_roles_approvals_Tenant_ApprovalId",
                        columns: x => new { x.Tenant, x.ApprovalId },
                        principalTable: "approvals",
                        principalColumns: new[] { "Tenant", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sign_in_links",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    Tenant = table.Column<string>(type: "TEXT", nullable: false),
                    SessionId = table.Column<string>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sign_in_links", x => x.Hash);
                    table.ForeignKey(
                        name: "FK_sign_in_links_sessions_Tenant_SessionId",
                        columns: x => new { x.Tenant, x.SessionId },
                        principalTable: "sessions",
                        principalColumns: new[] { "Tenant", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "spent_states",
                columns: table => new
                {
                    Tenant = table.Column<string>(type: "TEXT", nullable: false),
                    Nonce = table.Column<string>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spent_states", x => new { x.Tenant, x.Nonce });
                    table.ForeignKey(
                        name: "FK_spent_states_tenants_Tenant",
                        column: x => x.Tenant,
                        principalTable: "tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    Tenant = table.Column<string>(type: "TEXT", nullable: false),
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    Webhook = table.Column<string>(type: "TEXT", nullable: false),
                    Event = table.Column<string>(type: "TEXT", nullable: false),
                    ApprovalId = table.Column<string>(type: "TEXT", nullable: false),
                    Payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    LastError = table.Column<string>(type: "TEXT", nullable: true),
                    SettledAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhook_deliveries", x => new { x.Tenant, x.Id });
                    table.ForeignKey(
                        name: "FK_webhook_deliveries_tenants_Tenant",
                        column: x => x.Tenant,
                        principalTable: "tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_steps_VerifyAt",
                table: "steps",
                column: "VerifyAt");

            migrationBuilder.CreateIndex(
                name: "IX_revisions_Tenant_ActionDigest",
                table: "revisions",
                columns: new[] { "Tenant", "ActionDigest" });

            migrationBuilder.CreateIndex(
                name: "IX_approvals_EscalatesAt",
                table: "approvals",
                column: "EscalatesAt");

            migrationBuilder.CreateIndex(
                name: "IX_approvals_Tenant_Capability_CreatedAt",
                table: "approvals",
                columns: new[] { "Tenant", "Capability", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_approvals_Tenant_RequesterKey_Capability_State",
                table: "approvals",
                columns: new[] { "Tenant", "RequesterKey", "Capability", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_approvals_Tenant_RequesterKey_CreatedAt",
                table: "approvals",
                columns: new[] { "Tenant", "RequesterKey", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_approval_roles_Tenant_ApprovalId_Role_ExpiresAt",
                table: "approval_roles",
                columns: new[] { "Tenant", "ApprovalId", "Role", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_sign_in_links_ExpiresAt",
                table: "sign_in_links",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_sign_in_links_Tenant_SessionId",
                table: "sign_in_links",
                columns: new[] { "Tenant", "SessionId" });

            migrationBuilder.CreateIndex(
                name: "IX_spent_states_ExpiresAt",
                table: "spent_states",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_DueAt",
                table: "webhook_deliveries",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_Tenant_State_CreatedAt",
                table: "webhook_deliveries",
                columns: new[] { "Tenant", "State", "CreatedAt" });

            // What was held before stands in the new indexes, too: its action beside its revisions, and pending ones in their approvers' queues.
            migrationBuilder.Sql(
                "UPDATE revisions SET ActionDigest = (SELECT a.ActionDigest FROM approvals a WHERE a.Tenant = revisions.Tenant AND a.Id = revisions.ApprovalId);");
            migrationBuilder.Sql(
                "INSERT OR IGNORE INTO approval_roles (Tenant, Role, ExpiresAt, ApprovalId) "
                + "SELECT a.Tenant, r.value, a.ExpiresAt, a.Id FROM approvals a, json_each(a.ApproverRoles) r WHERE a.State = 'Pending';");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "approval_notes");

            migrationBuilder.DropTable(
                name: "approval_roles");

            migrationBuilder.DropTable(
                name: "sign_in_links");

            migrationBuilder.DropTable(
                name: "spent_states");

            migrationBuilder.DropTable(
                name: "webhook_deliveries");

            migrationBuilder.DropIndex(
                name: "IX_steps_VerifyAt",
                table: "steps");

            migrationBuilder.DropIndex(
                name: "IX_revisions_Tenant_ActionDigest",
                table: "revisions");

            migrationBuilder.DropIndex(
                name: "IX_approvals_EscalatesAt",
                table: "approvals");

            migrationBuilder.DropIndex(
                name: "IX_approvals_Tenant_Capability_CreatedAt",
                table: "approvals");

            migrationBuilder.DropIndex(
                name: "IX_approvals_Tenant_RequesterKey_Capability_State",
                table: "approvals");

            migrationBuilder.DropIndex(
                name: "IX_approvals_Tenant_RequesterKey_CreatedAt",
                table: "approvals");

            migrationBuilder.DropColumn(
                name: "Statement",
                table: "votes");

            migrationBuilder.DropColumn(
                name: "Tag",
                table: "votes");

            migrationBuilder.DropColumn(
                name: "VoterPerson",
                table: "votes");

            migrationBuilder.DropColumn(
                name: "ManifestDigest",
                table: "steps");

            migrationBuilder.DropColumn(
                name: "VerifyAt",
                table: "steps");

            migrationBuilder.DropColumn(
                name: "VerifyTries",
                table: "steps");

            migrationBuilder.DropColumn(
                name: "Person",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "ActionDigest",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "ModifierIssuer",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "ModifierNote",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "ModifierOnBehalfOf",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "ModifierPerson",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "ModifierSession",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "ModifierSubject",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "Origin",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "ClosingTag",
                table: "approvals");

            migrationBuilder.DropColumn(
                name: "Confirm",
                table: "approvals");

            migrationBuilder.DropColumn(
                name: "EscalatesAt",
                table: "approvals");

            migrationBuilder.DropColumn(
                name: "Escalations",
                table: "approvals");

            migrationBuilder.DropColumn(
                name: "RequesterPerson",
                table: "approvals");
        }
    }
}
